import { ChatError, type ChatErrorCode } from '../chat-error';
import type { PendingRequest } from './pending-requests';

/** What a failure of an ElizaOS server means, which says so in words alone. */
export interface Failure {
  readonly error: ChatError;
  /** Whether a request may have caused it. */
  readonly isCause: (request: PendingRequest) => boolean;
}

const isJoin = ({ event }: PendingRequest) => event === 'join_channel';
const isSend = ({ event }: PendingRequest) => event === 'send_message';

/** What the server says at the start, whose fault that is, and what is said of it here. None repeats what follows: it may be SQL. */
const FAILURES: readonly [
  start: RegExp,
  isCause: Failure['isCause'],
  code: ChatErrorCode,
  message: string,
][] = [
  [
    /^Access denied/,
    isJoin,
    'FORBIDDEN',
    'Only participants of a channel may join it (ENABLE_DATA_ISOLATION): add `entityId` there.',
  ],
  [/^channelId is required/, isJoin, 'INVALID_PAYLOAD', 'The join names no channel.'],
  [/^For SEND_MESSAGE/, isSend, 'INVALID_PAYLOAD', '`entityId`, `serverId` and `channelId` must be UUIDs.'],
  [
    /^Failed to create channel/,
    isSend,
    'CHANNEL_NOT_FOUND',
    'The server has no such channel and could not create it.',
  ],
  [
    /Error processing your message/,
    isSend,
    'INTERNAL',
    'The server could not keep the message: its database takes no NUL and no lone surrogate.',
  ],
];

/** The failure that these words mean; what is not known is taken for one of a message. */
export function readFailure(text: string): Failure {
  const [, serverId] = /^Server (\S+) does not exist/.exec(text) ?? [];
  if (serverId !== undefined) {
    const message = '`serverId` must be one that the server has: it creates channels in no other.';
    return {
      error: new ChatError('CHANNEL_NOT_FOUND', message),
      isCause: (request) => isSend(request) && request.payload.serverId === serverId,
    };
  }
  const found = FAILURES.find(([start]) => start.test(text));
  if (!found)
    return { error: new ChatError('INTERNAL', 'The server said that something failed.'), isCause: isSend };
  const [, isCause, code, message] = found;
  return { error: new ChatError(code, message), isCause };
}

/** Why a server that refuses a connection in these words does; `undefined` where they are not known. */
export function readRefusal(text: string): ChatError | undefined {
  if (text === 'Valid entityId required') {
    const message = 'ElizaOS knows people by UUIDs: the option `entityId` must be one, or left out.';
    return new ChatError('INVALID_OPTIONS', message);
  }
  if (text === 'Invalid or missing API Key') {
    const message = 'The server wants its SERVER_API_KEY: give the option `auth: { apiKey }`.';
    return new ChatError('UNAUTHENTICATED', message);
  }
  if (!/^Authentication failed$|JWT/.test(text)) return undefined;
  const message =
    'The server refuses these credentials: with ENABLE_DATA_ISOLATION it wants a JWT in `auth: { token }`.';
  return new ChatError('UNAUTHENTICATED', message);
}
