import type { ClientError } from '../base/client-errors';
import type { Obstacle } from '../base/deadline';
import type { Backoff } from '../connection/backoff';

/** What the first of the sends that wait is waiting for; those behind it wait for their turn. */
export interface OutboxWait {
  /**
   * - `connection`: there is none now; the client's `connection` says why
   * - `retry`: the server has refused it for now, because of `error`
   */
  readonly for: 'connection' | 'retry';
  /** Why, such as `RATE_LIMITED` with its `retryAfterMs`. */
  readonly error?: ClientError | undefined;
  /** When it is sent again, Unix time in milliseconds. */
  readonly retryAt?: number | undefined;
}

/** What happens to the sends of an outbox, in the order it happens. */
export interface OutboxEvents<Send, Receipt> {
  /** One waits to be sent: for the first time, or again. The connection was lost with it so often before. */
  queued(send: Send, losses: number): void;
  /** The server has it. */
  sent(send: Send, receipt: Receipt): void;
  /** It was given up; it stays, to be retried or discarded. */
  failed(send: Send, error: ClientError): void;
  /** The connection was lost with it under way, so many times in a row; it is sent again. */
  lost(send: Send, losses: number): void;
  /** What the first of them waits for has changed. */
  waiting(waiting: OutboxWait | undefined): void;
  /** It was taken out without having been sent, as far as one knows. */
  discarded(send: Send): void;
}

/** What an outbox needs. */
export interface OutboxDeps<Send, Receipt> {
  /** What names a send, the same for every attempt. */
  readonly keyOf: (send: Send) => string;
  /** The event it is sent with. */
  readonly eventOf: (send: Send) => string;
  /** Resolves when something may be sent. Rejects with the reason of the signal, or why nothing ever may be. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** Whether {@link ready} would resolve at once. */
  readonly isReady: () => boolean;
  /** Why it would not. */
  readonly findObstacle: () => Obstacle | undefined;
  /**
   * Sends once, within a time limit of its own; rejects with the reason of the signal. What is suspect, as the
   * connection was lost with it before, is sent while nothing else is that is.
   */
  readonly deliver: (send: Send, signal: AbortSignal, isSuspect: boolean) => Promise<Receipt>;
  /** Delays between attempts. */
  readonly createBackoff: () => Backoff;
  readonly events: OutboxEvents<Send, Receipt>;
  /** Sends that wait or have failed, at most. */
  readonly maxSends: number;
}

/** How long a send may wait for its receipt. */
export interface OutboxDeadline {
  /** Milliseconds, all attempts and the wait for the connection included. */
  readonly timeoutMs: number;
  /** Gives it up when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}
