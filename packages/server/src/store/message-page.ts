import type { Message, MessagePage } from '../ports/store';

/** A page of messages that are in the order of their numbers. */
export function pageOf(
  messages: readonly Message[],
  { limit, before, after }: MessagePage,
): readonly Message[] {
  if (limit <= 0) return [];
  if (after !== undefined) return messages.filter(({ seq }) => seq > after).slice(0, limit);
  const older = before === undefined ? messages : messages.filter(({ seq }) => seq < before);
  return older.slice(-limit);
}
