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
  isCause: (request: PendingRequest, text: string) => boolean,
  code: ChatErrorCode,
  message: string,
][] = [
  [
    /^Access denied/,
    isJoin,
    'FORBIDDEN',
    'Only participants may join the channel (ENABLE_DATA_ISOLATION): add `entityId` there.',
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
    /^Server \S+ does not exist/,
    (request, text) => isSend(request) && text.startsWith(`Server ${request.payload.serverId} `),
    'CHANNEL_NOT_FOUND',
    '`serverId` must be one that the server has: it creates channels in no other.',
  ],
  [
    /Error processing your message/,
    isSend,
    'INTERNAL',
    'The server could not keep the message: its database takes no NUL and no lone surrogate.',
  ],
];

const UNKNOWN = [/^/, isSend, 'INTERNAL', 'The server said that something failed.'] as const;

/** The failure that these words mean; what is not known is taken for one of a message. */
export function readFailure(text: string): Failure {
  const [, isCause, code, message] = FAILURES.find(([start]) => start.test(text)) ?? UNKNOWN;
  return { error: new ChatError(code, message), isCause: (request) => isCause(request, text) };
}

/** What a server says that refuses a connection, and what is said of it here. */
const REFUSALS = [
  [
    /^Valid entityId required$/,
    'INVALID_OPTIONS',
    'ElizaOS knows people by UUIDs: the option `entityId` must be one, or left out.',
  ],
  [
    /^Invalid or missing API Key$/,
    'UNAUTHENTICATED',
    'The server wants its SERVER_API_KEY: give the option `auth: { apiKey }`.',
  ],
  [
    /^Authentication failed$|JWT/,
    'UNAUTHENTICATED',
    'The server refuses these credentials: with ENABLE_DATA_ISOLATION it wants a JWT in `auth: { token }`.',
  ],
] as const;

/** Why a server that refuses a connection in these words does; `undefined` where they are not known. */
export function readRefusal(text: string): ChatError | undefined {
  const found = REFUSALS.find(([words]) => words.test(text));
  return found && new ChatError(found[1], found[2]);
}
