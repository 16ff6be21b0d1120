import { type BroadcastMessage, ZERO_UUID } from '@wirepact/protocol';
import type { AskedChange } from './chaos-client';
import { nameOfText, toText } from './chaos-text';
import { chatAnswers, toKeptAnswer } from './chat-answers';
import { nameOfEntity } from './chat-entity';
import type { ChannelEvent, KeptMessage, Position, Properties } from './run-record';
import type { HistoryPage, Wire, WireRequest } from './wire';

const HISTORY_PAGE = 200;
/** As many as silent channels have, and more. */
const TAIL = 100;

/** What the events of a channel carry, together. */
type ChatPayload = Position & {
  readonly channelId: string;
  readonly messageId?: string;
  readonly updates?: Properties;
};
type ListReply = Position & { readonly messages: readonly BroadcastMessage[]; readonly hasMore: boolean };

/** A message of the chat, as a run compares it. */
export const toKept = (
  message: Pick<BroadcastMessage, 'id' | 'senderId' | 'text' | 'inReplyToMessageId' | 'incomplete'> & {
    readonly seq?: number | undefined;
  },
): KeptMessage => {
  const { id, seq = 0, senderId, text } = message;
  return { id, seq, senderId: nameOfEntity(senderId), text: nameOfText(text), answer: toKeptAnswer(message) };
};

function toSent(message: BroadcastMessage): ChannelEvent {
  const { roomId: channelId, epoch = '', seq = 0 } = message;
  const kept = toKept(message);
  return { channelId, epoch, seq, event: 'sent', subject: kept.text, message: kept };
}

function toEvent(event: string, payload: object): ChannelEvent | undefined {
  // What these events carry, the contract says.
  if (event === 'messageBroadcast') return toSent(payload as BroadcastMessage);
  const { channelId, epoch, seq, messageId = '', updates = {} } = payload as ChatPayload;
  const at = { channelId, epoch, seq };
  switch (event) {
    case 'messageDeleted':
      return { ...at, event: 'deleted', subject: messageId };
    case 'channelCleared':
      return { ...at, event: 'cleared', subject: '' };
    case 'channelUpdated':
      return { ...at, event: 'updated', subject: JSON.stringify(updates), updates };
    case 'channelDeleted':
      return { ...at, event: 'ended', subject: '' };
    default:
      return undefined;
  }
}

function toRequest(asked: AskedChange): WireRequest {
  const { channelId } = asked;
  switch (asked.kind) {
    case 'delete':
      return ['delete_message', { channelId, messageId: asked.messageId }];
    case 'update':
      return ['update_channel', { channelId, updates: asked.updates }];
    case 'clear':
      return ['clear_channel', { channelId }];
    case 'deleteChannel':
      return ['delete_channel', { channelId }];
    case 'cancel':
      return ['cancel_response', { channelId, messageId: asked.messageId }];
  }
}

/** The chat: messages in channels. */
export const chatWire: Wire = {
  auth: () => ({}),
  events: ['messageBroadcast', 'messageDeleted', 'channelCleared', 'channelUpdated', 'channelDeleted'],
  toEvent,
  answers: chatAnswers,
  join: (channelId, resume) => ['join_channel', { channelId, ...(resume && { resume }) }],
  send(channelId, name, senderId) {
    const sender = { entityId: senderId, serverId: ZERO_UUID };
    return ['send_message', { channelId, text: toText(name), messageId: name, ...sender }];
  },
  toReceipt(reply) {
    const { messageId: id, epoch, seq } = reply as Position & { readonly messageId: string };
    return { id, epoch, seq };
  },
  change: toRequest,
  readHistory: (channelId, after) => ['list_messages', { channelId, after, limit: HISTORY_PAGE }],
  toHistory(reply): HistoryPage {
    const { messages, ...rest } = reply as ListReply;
    return { ...rest, messages: messages.map(toKept) };
  },
  askPosition: (channelId) => ['list_messages', { channelId, limit: TAIL }],
  toTail(reply) {
    const { messages, hasMore } = reply as ListReply;
    return { ids: messages.map(({ id }) => id), isAll: !hasMore };
  },
};
