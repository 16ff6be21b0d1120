import { WirepactError } from '@wirepact/contract';
import type { Protocol } from '@wirepact/protocol';
import type { Broadcaster, Connection } from '../ports/connection';
import type { Appended, Message, MessagePage, Store } from '../ports/store';
import { createMessageIds } from './message-id';

/** A message that has no id and no time yet. */
export type NewMessage = Omit<Message, 'id' | 'createdAt'>;

/** Everything that can be done to messages; what clients see of it goes out as the protocol's events. */
export interface MessageService {
  /**
   * Stores a message, then broadcasts it to its channel. Where a client's connection sent it, that one
   * is told its client message id, in the channel or not. A repeated message is not broadcast again.
   * @throws WirepactError `CHANNEL_NOT_FOUND`
   */
  post(message: NewMessage, sender?: Connection<Protocol['serverToClient']>): Promise<Appended>;
  /** Messages of a channel, oldest first. */
  list(channelId: string, page: MessagePage): Promise<readonly Message[]>;
  /** Deletes a message and emits `messageDeleted`. @throws WirepactError `MESSAGE_NOT_FOUND` */
  delete(channelId: string, messageId: string): Promise<void>;
}

/** A message as everybody in its channel sees it. */
function toBroadcast(message: Message) {
  const { id, senderId, senderName, text, channelId, serverId, createdAt, source } = message;
  const { thought, actions, attachments } = message;
  return {
    id,
    senderId,
    senderName,
    text,
    roomId: channelId,
    serverId,
    createdAt,
    source,
    ...(thought !== undefined && { thought }),
    ...(actions && { actions: [...actions] }),
    ...(attachments && { attachments: [...attachments] }),
  };
}

export function createMessageService(
  store: Store,
  broadcaster: Broadcaster<Protocol['serverToClient']>,
): MessageService {
  const createId = createMessageIds();

  function broadcast(message: Message, sender: Connection<Protocol['serverToClient']> | undefined): void {
    const payload = toBroadcast(message);
    broadcaster.to(message.channelId, sender?.id).emit('messageBroadcast', payload);
    const { clientMessageId } = message;
    sender?.emit('messageBroadcast', {
      ...payload,
      ...(clientMessageId !== undefined && { clientMessageId }),
    });
  }

  return {
    async post(message, sender) {
      const appended = await store.appendMessage({ ...message, id: createId(), createdAt: Date.now() });
      if (!appended)
        throw new WirepactError('CHANNEL_NOT_FOUND', `There is no channel ${message.channelId}.`);
      if (!appended.repeated) broadcast(appended.message, sender);
      return appended;
    },

    list: (channelId, page) => store.listMessages(channelId, page),

    async delete(channelId, messageId) {
      if (!(await store.deleteMessage(channelId, messageId))) {
        throw new WirepactError('MESSAGE_NOT_FOUND', `Channel ${channelId} has no message ${messageId}.`);
      }
      broadcaster.to(channelId).emit('messageDeleted', { messageId, channelId });
    },
  };
}
