import { findPayloadError, WirepactError } from '@wirepact/contract/runtime';
import { type Position, protocol, ZERO_UUID } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { checkCall, invalidCall } from '../../runtime/call-checks';
import { copyJson } from '../../runtime/json-copy';
import {
  type Check,
  count,
  hasMethods,
  isObject,
  must,
  show,
  wholeNumber,
} from '../../runtime/option-checks';
import type { Appended, Message, MessagePage, MessageQuery, NewStoredMessage, Store } from '../ports/store';
import { toBroadcastFor, toMessageEntry, toSendKey } from './channel-entry';
import type { ChannelFeed, ChatConnection } from './channel-feed';
import { toChannelId, toMessageId } from './channel-id';
import { withoutBroken } from './without-broken';

/** A message that the host or a client says: it has no id and no time yet. */
export interface NewMessage extends Omit<NewStoredMessage, 'id' | 'createdAt' | 'serverId' | 'source'> {
  /** UUID of the server that the channel belongs to; `ZERO_UUID` where left out. */
  readonly serverId?: string | undefined;
  /** Where it comes from, in a word; `host` where left out. Clients' are `socketio_client`, agents' `agent_response`. */
  readonly source?: string | undefined;
}

/** Everything that can be done to messages; what clients see of it goes out as the protocol's events. */
export interface MessageService {
  /**
   * Stores a message, then broadcasts it to its channel. Where a client's connection sent it, that one
   * is told its client message id, in the channel or not. A repeated message is not broadcast again.
   * @throws WirepactError `CHANNEL_NOT_FOUND`, `STORE_UNAVAILABLE`; `INVALID_OPTIONS` for what is no message or no
   * connection; `INVALID_PAYLOAD`, `INVALID_UUID` or `PAYLOAD_TOO_LARGE` for a message that clients could not be told of.
   */
  post(message: NewMessage, sender?: ChatConnection): Promise<Appended>;
  /**
   * A page of a channel's messages, oldest first. What is stored and breaks the contract is left out, and logged.
   * @throws WirepactError `INVALID_OPTIONS`, `STORE_UNAVAILABLE`
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

/** An answer of an agent, in the life of its channel that it was asked in; named after itself, so that it is kept once. */
export type NewAnswer = Omit<NewStoredMessage, 'createdAt'> & Pick<Message, 'epoch'>;

/**
 * Stores an answer, then broadcasts it; `onKept` is called in between, where it was not stored before.
 * @throws WirepactError as {@link MessageService.post}; `CHANNEL_NOT_FOUND` also where the channel was made anew
 */
export type PostAnswer = (answer: NewAnswer, onKept: () => void) => Promise<Appended>;

/**
 * As {@link MessageService.post}, of a client's `send_message`, which was checked when it came: looking at it again
 * would cost every message.
 */
export type PostSent = (message: NewMessage, sender: ChatConnection) => Promise<Appended>;

const { send_message } = protocol.clientToServer;
const { messageBroadcast } = protocol.serverToClient;

/**
 * What is wrong with a message of the host's or an agent's: where it goes and its links are held to what clients may send, and all of
 * it to what they are told.
 */
export function findMessageError(given: NewStoredMessage): Promise<WirepactError> | undefined {
  const message: Message = Object.assign({}, given, { epoch: 'none', seq: 0 });
  const { senderId, channelId, serverId, attachments } = message;
  const sent = { channelId, serverId, text: '…', entityId: ZERO_UUID, attachments };
  return (
    findPayloadError(send_message, sent) ??
    findPayloadError(messageBroadcast, toBroadcastFor(senderId, message))
  );
}

/** How a message is posted. */
interface PostOptions {
  readonly sender?: ChatConnection | undefined;
  /** That the channel has to have. */
  readonly epoch?: string;
  /** Called once it is stored, where it was not stored before. */
  readonly onKept?: () => void;
}

/** Stores a message that was checked, then broadcasts it. */
async function post(
  { store, feed }: MessageDeps,
  message: NewStoredMessage,
  { sender, epoch, onKept }: PostOptions,
): Promise<Appended> {
  const { channelId, senderId, clientMessageId } = message;
  const key = clientMessageId === undefined ? undefined : toSendKey(senderId, clientMessageId);
  const appended = await feed.write({ roomId: channelId, key, sender }, () =>
    store.appendMessage(message, epoch),
  );
  if (!appended) throw new WirepactError('CHANNEL_NOT_FOUND', `There is no channel ${channelId}.`);
  const { message: kept } = appended;
  if (!appended.repeated) onKept?.();
  // A repeat may be the first that anybody hears of its message: the answer to the first attempt was lost.
  const told = appended.repeated
    ? feed.moveTo(channelId, kept)
    : feed.publish(channelId, kept.epoch, toMessageEntry(appended.message), sender);
  if (told) await told;
  return appended;
}

/** What a {@link MessageService} is made of. */
export interface MessageDeps {
  readonly store: Store;
  readonly feed: ChannelFeed;
  readonly logger: Logger;
  readonly createId: () => string;
}

/** Posts answers of agents. */
export const createPostAnswer =
  (deps: MessageDeps): PostAnswer =>
  async ({ epoch, ...answer }, onKept) => {
    const message = { ...answer, createdAt: Date.now() };
    const error = findMessageError(message);
    if (error) throw await error;
    return post(deps, message, { epoch, onKept });
  };

/** A message with its id and time, and what the host need not say. */
function toStored(given: NewMessage, { createId }: MessageDeps): NewStoredMessage {
  const { serverId = ZERO_UUID, source = 'host' } = given;
  const channelId = toChannelId(given.channelId);
  const made = { channelId, serverId, source, id: createId(), createdAt: Date.now() };
  return Object.assign({}, given, made);
}

/** Posts what clients send. */
export const createPostSent =
  (deps: MessageDeps): PostSent =>
  (message, sender) =>
    post(deps, toStored(message, deps), { sender });

function checkPost(message: unknown, sender: unknown): void {
  if (!isObject(message)) throw invalidCall(`messages.post needs a message, not ${show(message)}.`);
  if (sender !== undefined && !hasMethods(sender, 'emit'))
    throw invalidCall(`messages.post takes a client's connection after the message, not ${show(sender)}.`);
}

const QUERY_CHECKS: Readonly<Record<keyof MessageQuery, Check>> = {
  limit: must((value) => Number.isSafeInteger(value) && Number(value) >= 0, 'a whole number of 0 or more'),
  maxBytes: count,
  before: wholeNumber,
  after: wholeNumber,
};

/** A store would take some of what JavaScript may pass for no bound at all. */
function checkQuery(query: MessageQuery): void {
  checkCall('messages.list', query, QUERY_CHECKS);
  if (query.limit === undefined) throw invalidCall('messages.list needs a `limit`: how many at most.');
}

/** Everything that can be done to messages, for the host and handlers. */
export function createMessageService(deps: MessageDeps): MessageService {
  const { store, feed, logger } = deps;
  const readPage = async (channelId: string, query: MessageQuery): Promise<MessagePage> => {
    const id = toChannelId(channelId);
    checkQuery(query);
    const page = await store.listMessages(id, query);
    return { ...page, messages: withoutBroken(page.messages, logger) };
  };

  return {
    async post(given, sender) {
      checkPost(given, sender);
      const message = toStored(given, deps);
      const error = findMessageError(message);
      if (error) throw await error;
      return post(deps, copyJson(message), { sender });
    },

    list: async (channelId, query) => (await readPage(channelId, query)).messages,
    readPage,

    async delete(givenId, givenMessageId) {
      const channelId = toChannelId(givenId);
      const messageId = toMessageId(givenMessageId);
      const position = await feed.write({ roomId: channelId }, () =>
        store.deleteMessage(channelId, messageId),
      );
      if (!position) {
        throw new WirepactError('MESSAGE_NOT_FOUND', `Channel ${channelId} has no message ${messageId}.`);
      }
      const { epoch, seq } = position;
      const payload = { messageId, channelId, epoch, seq };
      await feed.publish(channelId, epoch, { seq, event: 'messageDeleted', payload });
      return position;
    },
  };
}
