import type { ViewMessage } from './channel-view';
import type { MessageList } from './message-list';

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
