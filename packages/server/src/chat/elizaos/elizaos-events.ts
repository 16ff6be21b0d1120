import type { PayloadOf } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { DialectDefinition } from '../../runtime/dialects/define-dialect';

type Failure = PayloadOf<Protocol['serverToClient']['messageError']>;

/** What ElizaOS says where something is missing, and which properties of the protocol's event that is about. */
const REQUIRED: Readonly<Record<string, { readonly text: string; readonly paths: ReadonlySet<string> }>> = {
  join_channel: {
    text: 'channelId is required for joining.',
    paths: new Set(['', '/channelId', '/roomId']),
  },
  send_message: {
    text: 'For SEND_MESSAGE: channelId, messageServerId (message_server_id), senderId (author_id), and message are required.',
    paths: new Set(['', '/channelId', '/serverId', '/entityId', '/text']),
  },
};
/** A failure that names nothing is taken for that of a message: an agent's is told by `messageStreamError` alone. */
const UNTOLD: ReadonlySet<string | undefined> = new Set(['UNKNOWN_EVENT', 'AGENT_FAILED']);
const MAY_NOT_JOIN = "Access denied: You don't have permission to join this channel";

/** What is wrong, in the words of ElizaOS where it has some. */
function toErrorText({ error, event = '', code, issues = [] }: Failure): string {
  if (event === 'join_channel' && code === 'FORBIDDEN') return MAY_NOT_JOIN;
  const required = Object.hasOwn(REQUIRED, event) ? REQUIRED[event] : undefined;
  const isMissing = issues.some(({ path, keyword }) => keyword !== 'maxLength' && required?.paths.has(path));
  return required && isMissing ? required.text : error;
}

/** What its clients are sent in place of the protocol's events. Numbers of the journal are left out: they cannot use them. */
export const toSent: DialectDefinition<Protocol>['send'] = {
  connection_established: ({ message, socketId, entityId }, client) => [
    ['authenticated', { entityId: entityId ?? client?.handshake.auth.entityId, timestamp: Date.now() }],
    ['connection_established', { message, socketId }],
  ],
  // Told with the answer to the join, which may still fail now.
  channel_joined: () => [],
  room_joined: () => [],
  messageBroadcast: ({ seq, epoch, ...message }) => [
    ['messageBroadcast', { ...message, channelId: message.roomId, messageServerId: message.serverId }],
  ],
  // Its receipt names the channel, which only the answer to the send knows.
  messageAck: () => [],
  messageError: (failure) =>
    UNTOLD.has(failure.code) ? [] : [['messageError', { error: toErrorText(failure) }]],
  messageComplete: ({ channelId, serverId }) => [
    ['messageComplete', { channelId, roomId: channelId, serverId, messageServerId: serverId }],
  ],
  messageStreamChunk: ({ messageId, chunk, index, agentId, channelId }) =>
    chunk === '' ? [] : [['messageStreamChunk', { messageId, chunk, index, agentId, channelId }]],
  messageStreamError: ({ messageId, channelId, agentId, error, partialText }) => [
    ['messageStreamError', { messageId, channelId, agentId, error, partialText }],
  ],
  messageDeleted: ({ messageId, channelId }) => [['messageDeleted', { messageId, channelId }]],
  channelCleared: ({ channelId }) => [['channelCleared', { channelId }]],
  channelDeleted: ({ channelId }) => [['channelDeleted', { channelId }]],
  channelUpdated: ({ channelId, updates }) => [
    ['channelUpdated', { channelId, updates: { ...updates, id: channelId } }],
  ],
};
