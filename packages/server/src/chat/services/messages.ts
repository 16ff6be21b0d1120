import { findPayloadError, WirepactError } from '@wirepact/contract/runtime';
import { type Position, protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Appended, Message, MessagePage, MessageQuery, NewStoredMessage, Store } from '../ports/store';
import { toBroadcastFor, toMessageEntry, toSendKey } from './channel-entry';
import type { ChannelFeed, ChatConnection } from './channel-feed';
import { toChannelId } from './channel-id';
import { createMessageIds } from './message-id';
import { withoutBroken } from './without-broken';

/** A message that has no id and no time yet. */
export type NewMessage = Omit<NewStoredMessage, 'id' | 'createdAt'>;

/** Everything that can be done to messages; what clients see of it goes out as the protocol's events. */
export interface MessageService {
  /**
   * Stores a message, then broadcasts it to its channel. Where a client's connection sent it, that one
   * is told its client message id, in the channel or not. A repeated message is not broadcast again.
   * @throws WirepactError `CHANNEL_NOT_FOUND`, `STORE_UNAVAILABLE`; `INVALID_PAYLOAD`, `INVALID_UUID` or
   * `PAYLOAD_TOO_LARGE` for a message of the host's that clients could not be told of.
   */
  post(message: NewMessage, sender?: ChatConnection): Promise<Appended>;
  /**
   * A page of a channel's messages, oldest first. What is stored and breaks the contract is left out, and logged.
   * @throws WirepactError `STORE_UNAVAILABLE`
   */
  list(channelId: string, query: MessageQuery): Promise<readonly Message[]>;
  /** As {@link list}, and whether there are more in the direction of the page. */
  readPage(channelId: string, query: MessageQuery): Promise<MessagePage>;
  /**
   * Deletes a message and emits `messageDeleted`.
   * @throws WirepactError `MESSAGE_NOT_FOUND`, `STORE_UNAVAILABLE`
   */
  delete(channelId: string, messageId: string): Promise<Position>;
}

const { send_message } = protocol.clientToServer;
const { messageBroadcast } = protocol.serverToClient;

/** What is wrong with a message of the host's or an agent's, which is held to what clients are told, and its links to what clients may send. */
function findMessageError(message: Message): Promise<WirepactError> | undefined {
  const { senderId, channelId, serverId, attachments } = message;
  const error = findPayloadError(messageBroadcast, toBroadcastFor(senderId, message));
  if (error || !attachments) return error;
  return findPayloadError(send_message, { channelId, serverId, text: '…', entityId: senderId, attachments });
}

/** Everything that can be done to messages, for the host, agents and handlers. */
export function createMessageService(store: Store, feed: ChannelFeed, logger: Logger): MessageService {
  const createId = createMessageIds();

  const readPage = async (channelId: string, query: MessageQuery): Promise<MessagePage> => {
    const page = await store.listMessages(toChannelId(channelId), query);
    return { ...page, messages: withoutBroken(page.messages, logger) };
  };

  return {
    async post(given, sender) {
      const channelId = toChannelId(given.channelId);
      const message = Object.assign({}, given, { channelId, id: createId(), createdAt: Date.now() });
      const error = sender
        ? undefined
        : findMessageError(Object.assign({}, message, { epoch: 'none', seq: 0 }));
      if (error) throw await error;
      const { senderId, clientMessageId } = message;
      const key = clientMessageId === undefined ? undefined : toSendKey(senderId, clientMessageId);
      const appended = await feed.write({ roomId: channelId, key, sender }, () =>
        store.appendMessage(message),
      );
      if (!appended) throw new WirepactError('CHANNEL_NOT_FOUND', `There is no channel ${channelId}.`);
      const { message: kept } = appended;
      // A repeat may be the first that anybody hears of its message: the answer to the first attempt was lost.
      const told = appended.repeated
        ? feed.moveTo(channelId, kept)
        : feed.publish(channelId, kept.epoch, toMessageEntry(appended.message), sender);
      if (told) await told;
      return appended;
    },

    list: async (channelId, query) => (await readPage(channelId, query)).messages,
    readPage,

    async delete(givenId, messageId) {
      const channelId = toChannelId(givenId);
      const position = await feed.write({ roomId: channelId }, () =>
        store.deleteMessage(channelId, messageId.toLowerCase()),
      );
      if (!position) {
        throw new WirepactError('MESSAGE_NOT_FOUND', `Channel ${channelId} has no message ${messageId}.`);
      }
      const { epoch, seq } = position;
      const payload = { messageId: messageId.toLowerCase(), channelId, epoch, seq };
      await feed.publish(channelId, epoch, { seq, event: 'messageDeleted', payload });
      return position;
    },
  };
}
