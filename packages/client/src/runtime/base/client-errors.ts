import {
  type EndReason,
  type ErrorRegistry,
  errorClass,
  type PipelineErrorCode,
  type WirepactError,
  type WirepactErrorDetails,
} from '@wirepact/contract/runtime';

/** The codes a request or a connection can fail with on this side of the wire, beside those of the contract. */
export const CLIENT_ERRORS = {
  INVALID_OPTIONS: {
    description:
      'An option, an argument or a name is not what it may be; the message says which, and what was meant.',
    retryable: false,
    action: 'Correct the call.',
  },
  TIMEOUT: {
    description: 'No answer came in time; whether the server acted on the request is unknown.',
    retryable: true,
    action: 'Try again, with the same key where the event has one; or allow more `timeoutMs`.',
  },
  ABORTED: {
    description: 'The AbortSignal of the request was aborted; its reason is the `cause`.',
    retryable: false,
    action: 'Nothing: the application asked for it.',
  },
  DISCONNECTED: {
    description: 'The connection ended before the answer; the message says whether anything was sent.',
    retryable: true,
    action: 'Try again, with the same key where the event has one.',
  },
  CLOSED: {
    description: 'The client was closed for good.',
    retryable: false,
    action: 'Create a new client.',
  },
  CONNECTION_REFUSED: {
    description: 'The server refused the connection and gave no code of its own.',
    retryable: false,
    action: 'Read the message: credentials, or a server that does not speak this protocol.',
  },
  CONNECTION_FAILED: {
    description: 'The server could not be reached.',
    retryable: true,
    action: 'Check the network and the URL; the client keeps trying.',
  },
  AUTH_FAILED: {
    description: 'The `auth` function threw; what it threw is the `cause`.',
    retryable: true,
    action: 'Fix what `auth` does; the client asks it again after a while.',
  },
  INVALID_REPLY: {
    description: 'The server answered with something the contract does not allow.',
    retryable: false,
    action: 'Check that both sides use compatible versions of the contract.',
  },
  OUTBOX_FULL: {
    description: 'As many sends of the channel wait or have failed as the outbox may hold.',
    retryable: true,
    action: 'Wait until some are sent, or `discard` those that failed; or raise `outbox.maxMessages`.',
  },
  UNDELIVERABLE: {
    description: 'Each of several attempts in a row to send this ended with the loss of the connection.',
    retryable: false,
    action: 'Send less: the server, or a proxy in front of it, may not take what is as large as this.',
  },
  CHANNEL_LEFT: {
    description: 'This client has left the channel.',
    retryable: false,
    action: 'Join the channel again and use what `join` gives.',
  },
  LOAD_FAILED: {
    description:
      'A part of the client that is loaded when it is needed could not be loaded; see the `cause`.',
    retryable: true,
    action: 'Try again; after a new version was deployed, reload the page.',
  },
  NOT_SUPPORTED: {
    description: 'The server speaks a dialect in which this cannot be asked for; nothing was sent.',
    retryable: false,
    action: 'Do what the message says instead; `supports` tells it before.',
  },
  STORAGE_FAILED: {
    description: 'The storage of the outbox threw, or held what no client put there; see the `cause`.',
    retryable: false,
    action: 'Fix the storage; what waits is sent all the same, but may not survive a reload.',
  },
} as const satisfies ErrorRegistry;

/** A code of {@link CLIENT_ERRORS}. */
export type ClientErrorCode = keyof typeof CLIENT_ERRORS;

/**
 * Every code that an error of the client of any contract may have: its own, the pipeline's, and why a server ends a
 * connection. A contract, a newer server and a host's hooks may have others.
 */
export type RuntimeErrorCode = ClientErrorCode | PipelineErrorCode | EndReason;

/** `WirepactError`, with a code that its types know, so that a misspelt one does not compile. */
export type ClientError = WirepactError<RuntimeErrorCode>;

/** The class of {@link ClientError}; at run time `WirepactError` itself. */
export const ClientError = /* @__PURE__ */ errorClass<RuntimeErrorCode>();

/** An error whose code came from elsewhere: from the server, or from a storage. */
export const toClientError = (
  code: string,
  message: string,
  details: WirepactErrorDetails = {},
): ClientError =>
  // The types name the codes there are today; that a later server has more must not keep its errors from being told.
  new ClientError(code as RuntimeErrorCode, message, details);

/** Whatever was thrown, as an error of this client. */
export const asClientError = (cause: unknown): ClientError =>
  cause instanceof ClientError ? cause : new ClientError('INTERNAL', String(cause), { cause });

/** The codes that {@link CLIENT_ERRORS} calls retryable, apart from it: a page that shows no advice carries none. */
const RETRYABLE_CODES: readonly ClientErrorCode[] = [
  'TIMEOUT',
  'DISCONNECTED',
  'CONNECTION_FAILED',
  'AUTH_FAILED',
  'OUTBOX_FULL',
  'LOAD_FAILED',
];

/** An error of this side of the wire; whether it is retryable follows from its code. */
export const createClientError = (code: ClientErrorCode, message: string, cause?: unknown): ClientError =>
  new ClientError(code, message, { retryable: RETRYABLE_CODES.includes(code), cause });

/** What a caller gave is not what may be given; `text` says what, and what was meant. */
export const invalidOptions = (text: string): ClientError => createClientError('INVALID_OPTIONS', text);

/** How often in a row the connection may be lost with a payload under way, before that payload is given up. */
export const MAX_LOSSES = 5;

/** What is given up because the connection was lost with it, again and again, fails with this. */
export const undeliverableError = (event: string): ClientError =>
  createClientError(
    'UNDELIVERABLE',
    `${event} was sent ${MAX_LOSSES} times, and each time the connection ended before the answer.`,
  );

/** What is asked of a client that was closed for good fails with this. */
export const closedError = (): ClientError => createClientError('CLOSED', 'The client is closed.');
