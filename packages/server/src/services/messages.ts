import { WirepactError } from '@wirepact/contract/runtime';
import type { Position, Protocol } from '@wirepact/protocol';
import type { Connection } from '../ports/connection';
import type { Appended, Message, MessageQuery, NewStoredMessage, Store } from '../ports/store';
import type { ChannelFeed } from './channel-feed';
import { createMessageIds } from './message-id';

/** A message that has no id and no time yet. */
export type NewMessage = Omit<NewStoredMessage, 'id' | 'createdAt'>;

/** Everything that can be done to messages; what clients see of it goes out as the protocol's events. */
export interface MessageService {
  /**
   * Stores a message, then broadcasts it to its channel. Where a client's connection sent it, that one
   * is told its client message id, in the channel or not. A repeated message is not broadcast again.
   * @throws WirepactError `CHANNEL_NOT_FOUND`, `STORE_UNAVAILABLE`
   */
  post(message: NewMessage, sender?: Connection<Protocol['serverToClient']>): Promise<Appended>;
  /** Messages of a channel, oldest first. @throws WirepactError `STORE_UNAVAILABLE` */
  list(channelId: string, query: MessageQuery): Promise<readonly Message[]>;
  /**
   * Deletes a message and emits `messageDeleted`.
   * @throws WirepactError `MESSAGE_NOT_FOUND`, `STORE_UNAVAILABLE`
   */
  delete(channelId: string, messageId: string): Promise<Position>;
}

export function createMessageService(store: Store, feed: ChannelFeed): MessageService {
  const createId = createMessageIds();

  return {
    async post(message, sender) {
      const appended = await store.appendMessage({ ...message, id: createId(), createdAt: Date.now() });
      if (!appended)
        throw new WirepactError('CHANNEL_NOT_FOUND', `There is no channel ${message.channelId}.`);
      if (!appended.repeated) {
        const { message: kept } = appended;
        feed.publish(kept, { event: 'messageBroadcast', seq: kept.seq, message: kept }, sender);
      }
      return appended;
    },

    list: async (channelId, query) => (await store.listMessages(channelId, query)).messages,

    async delete(channelId, messageId) {
      const position = await store.deleteMessage(channelId, messageId);
      if (!position) {
        throw new WirepactError('MESSAGE_NOT_FOUND', `Channel ${channelId} has no message ${messageId}.`);
      }
      const { epoch, seq } = position;
      feed.publish({ channelId, epoch }, { event: 'messageDeleted', seq, messageId });
      return position;
    },
  };
}
