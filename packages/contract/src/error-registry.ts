import type { PayloadSchema } from './payload-schema';

/** An error code of a contract, as both ends need it at run time. */
export interface ContractError<Data extends PayloadSchema | undefined = PayloadSchema | undefined> {
  /** True where the same request may succeed later without being changed. */
  readonly retryable: boolean;
  /** Schema of what is told besides; left out where there is nothing more to tell. */
  readonly data?: Data;
}

/** What an error code means, and what whoever gets it can do. */
export interface ErrorDefinition<Data extends PayloadSchema | undefined = PayloadSchema | undefined>
  extends ContractError<Data> {
  readonly description: string;
  /** What to do about it. */
  readonly action: string;
}

/** Error codes by name, as both ends need them at run time. */
export type ContractErrors = Readonly<Record<string, ContractError>>;

/** Error codes by name. */
export type ErrorRegistry = Readonly<Record<string, ErrorDefinition>>;

/** The codes that checking events gives, so every contract has them. */
export const CHECK_ERRORS = {
  INVALID_PAYLOAD: {
    description: 'The payload does not match the schema of the event.',
    retryable: false,
    action: 'Fix what `issues` lists: each has the path of the value and what is wrong with it.',
  },
  INVALID_UUID: {
    description: 'The payload is right but for identifiers that are not UUIDs.',
    retryable: false,
    action: 'Send UUIDs (8-4-4-4-12 hexadecimal digits) in the fields that `issues` lists.',
  },
  PAYLOAD_TOO_LARGE: {
    description: 'The payload is larger, deeper or wider than the event allows.',
    retryable: false,
    action: 'Send less, or split it; the message names the bound.',
  },
  UNKNOWN_EVENT: {
    description: 'The contract has no client-to-server event of this name.',
    retryable: false,
    action: 'Check the spelling, and that both sides use versions of the contract that have the event.',
  },
  INTERNAL: {
    description: 'The server failed in a way that is not the sender’s fault; its log has the details.',
    retryable: true,
    action: 'Try again; if it stays, tell whoever runs the server.',
  },
} as const satisfies ErrorRegistry;

/** The codes that a server's whole pipeline answers with, for contracts that are served by one. */
export const PIPELINE_ERRORS = {
  ...CHECK_ERRORS,
  RATE_LIMITED: {
    description: 'This address has sent more events than it may in the current window.',
    retryable: true,
    action: 'Wait `retryAfterMs` milliseconds and send again.',
  },
  OVERLOADED: {
    description: 'More requests wait already than the server takes.',
    retryable: true,
    action: 'Wait for answers before sending more, and try again.',
  },
  VERSION_UNSUPPORTED: {
    description: 'The client asks for a version of the contract that the server does not speak.',
    retryable: false,
    action: 'Update whichever side is behind; the message names the version there is and the one asked for.',
  },
  UNAUTHENTICATED: {
    description: 'The server needs to know who is connecting, and the credentials did not say.',
    retryable: false,
    action: 'Connect again with valid credentials.',
  },
  FORBIDDEN: {
    description: 'Whoever is connected may not do this.',
    retryable: false,
    action: 'Ask for the permission, or act as yourself: the sender is whoever is signed in.',
  },
  UNAVAILABLE: {
    description: 'The server is closing, or something it depends on did not answer in time.',
    retryable: true,
    action: 'Try again later, on a new connection where this one has ended.',
  },
} as const satisfies ErrorRegistry;

/** A code that every server answers with, whatever its contract. */
export type PipelineErrorCode = keyof typeof PIPELINE_ERRORS;
