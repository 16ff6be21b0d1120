import type { BroadcastMessage } from '@wirepact/protocol';
import type { ViewMessage } from './channel-view';

type Messages = readonly ViewMessage[];

/** A message without a number comes after all that are there. */
const seqOf = ({ seq }: ViewMessage) => seq ?? Number.POSITIVE_INFINITY;

/** Own messages are known by the id this client gave them, others by the server's. */
const toKey = ({ id, clientMessageId }: BroadcastMessage) => clientMessageId ?? id;

/** The message as a view shows it. */
export const toViewMessage = (message: BroadcastMessage): ViewMessage => ({
  ...message,
  key: toKey(message),
  status: 'sent',
});

/** The messages without those that `isGone`; the same array where there are none. */
export function removeMessages(messages: Messages, isGone: (message: ViewMessage) => boolean): Messages {
  return messages.some(isGone) ? messages.filter((message) => !isGone(message)) : messages;
}

/** The messages with one more at its place by `seq`; one that is there already is replaced and keeps its key. */
export function insertMessage(messages: Messages, message: ViewMessage): Messages {
  const known = messages.find(({ id }) => id === message.id);
  if (known && known.seq === message.seq) return messages;
  const others = known ? messages.filter((one) => one !== known) : messages;
  const index = others.findLastIndex((other) => seqOf(other) <= seqOf(message)) + 1;
  const { key, clientMessageId = message.clientMessageId } = known ?? message;
  const inserted = { ...message, key, ...(clientMessageId !== undefined && { clientMessageId }) };
  return [...others.slice(0, index), inserted, ...others.slice(index)];
}

/** The messages of a page of history; those that were known already stay as they were. */
export function mergePage(page: readonly BroadcastMessage[], known: Messages): Messages {
  const knownById = new Map(known.map((message) => [message.id, message]));
  const merged = new Map<string, ViewMessage>();
  for (const message of page) merged.set(message.id, knownById.get(message.id) ?? toViewMessage(message));
  return [...merged.values()].sort((one, other) => seqOf(one) - seqOf(other));
}

/** Own messages without those that are among the stored ones: by the server's id, or by this client's. */
export function withoutStored(own: Messages, stored: Messages): Messages {
  if (own.length === 0) return own;
  const ids = new Set(stored.flatMap(({ id, clientMessageId }) => [id, clientMessageId]));
  ids.delete(undefined);
  return removeMessages(own, ({ id, clientMessageId }) => ids.has(id) || ids.has(clientMessageId));
}
