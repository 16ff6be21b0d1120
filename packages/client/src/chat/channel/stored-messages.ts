import type { BroadcastMessage } from '@wirepact/protocol';
import type { ViewMessage } from './channel-view';
import { MessageList } from './message-list';

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

/** With one more at its place by `seq`; one that is there already is replaced and keeps its key. */
export function insertMessage(messages: MessageList, message: ViewMessage): MessageList {
  const known = messages.find(message.id);
  if (known && known.seq === message.seq) return messages;
  const { key, clientMessageId = message.clientMessageId } = known ?? message;
  const inserted = { ...message, key, ...(clientMessageId !== undefined && { clientMessageId }) };
  const others = known ? messages.remove(known) : messages;
  const { last } = others;
  if (!last || seqOf(last) <= seqOf(message)) return others.append(inserted);
  const array = others.toArray();
  const index = array.findLastIndex((other) => seqOf(other) <= seqOf(message)) + 1;
  return MessageList.of([...array.slice(0, index), inserted, ...array.slice(index)]);
}

/** With another message in the place of one that is there. */
export const replaceMessage = (
  messages: MessageList,
  known: ViewMessage,
  message: ViewMessage,
): MessageList => MessageList.of(messages.toArray().map((one) => (one === known ? message : one)));

/** The messages of a page of history; those that were known already stay as they were. */
export function mergePage(page: readonly BroadcastMessage[], known: MessageList): ViewMessage[] {
  const merged = new Map<string, ViewMessage>();
  for (const message of page) merged.set(message.id, known.find(message.id) ?? toViewMessage(message));
  return [...merged.values()].sort((one, other) => seqOf(one) - seqOf(other));
}

/** This client's own messages on their way: few, as the outbox is bounded. */
export type OwnMessages = readonly ViewMessage[];

/** The messages without those that `isGone`; the same array where there are none. */
export function removeOwn(messages: OwnMessages, isGone: (message: ViewMessage) => boolean): OwnMessages {
  return messages.some(isGone) ? messages.filter((message) => !isGone(message)) : messages;
}

/** Own messages without those that are among the stored ones: by the server's id, or by this client's. */
export const withoutStored = (own: OwnMessages, stored: MessageList): OwnMessages =>
  removeOwn(own, ({ id, clientMessageId }) =>
    Boolean(stored.findOwn(clientMessageId) || (id !== undefined && stored.find(id))),
  );
