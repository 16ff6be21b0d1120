import type { OptionKinds } from '../../runtime/base/check-options';
import type { RequestPayload } from '../../runtime/request/contract-events';
import type { ChatProtocol } from '../chat-contract';
import type { ChatError, ChatErrorCode } from '../chat-error';

/** The payload of a message that is to be sent; its `messageId` makes every attempt the same message. */
export type OutgoingPayload = RequestPayload<ChatProtocol, 'send_message'> & { messageId: string };

/** A message of the outbox as it is kept over a reload of the page. */
export interface StoredSend {
  /** Version of this form. Readers leave alone what has another. */
  readonly version: 1;
  /** Names channel, sender and message. */
  readonly id: string;
  /** What rises from message to message. */
  readonly order: number;
  /** What is sent, with its channel and sender. */
  readonly payload: OutgoingPayload;
  /** How often in a row the connection was lost with the message under way; absent where it was not. */
  readonly losses?: number | undefined;
  /** Why the message was given up; absent while it waits. */
  readonly error?: StoredError | undefined;
}

/** Why a message was given up, as it is kept. */
export interface StoredError {
  /** As far as this client knows the codes: an earlier or a later one may have kept others. */
  readonly code: ChatErrorCode;
  readonly message: string;
  /** Absent where an earlier version of the client kept it: then not known, and taken for `false`. */
  readonly retryable?: boolean | undefined;
}

/**
 * Keeps the messages that wait in the outbox where a reload does not reach. What it throws is reported
 * and does not stop a message.
 */
export interface OutboxStorage {
  /** Everything that is kept, in any order. What comes back is checked: it may be anything. */
  load(): Promise<readonly unknown[]>;
  /** Keeps a message, in place of what has the same `id`. */
  save(send: StoredSend): Promise<void>;
  /** Forgets a message; harmless where there is none. */
  remove(id: string): Promise<void>;
}

/** How messages wait until the server has them. */
export interface OutboxOptions {
  /** Messages of one channel that wait or have failed, at most; `send` rejects further ones with `OUTBOX_FULL`. Default 100. */
  readonly maxMessages?: number | undefined;
  /**
   * Keeps what waits over a reload. A message is sent again when a later client with the same `entityId` joins its
   * channel; one of another `entityId` is left alone. Default: none, what waits ends with the page.
   */
  readonly storage?: OutboxStorage | undefined;
  /** Is told, with the code `STORAGE_FAILED`, what went wrong with the storage. Default: a console warning, once. */
  readonly onStorageError?: ((error: ChatError) => void) | undefined;
}

/** What each of the {@link OutboxOptions} may be. */
export const OUTBOX_OPTIONS: OptionKinds<OutboxOptions> = {
  maxMessages: 'whole number',
  storage: 'object',
  onStorageError: 'function',
};
