import type { Backoff } from '../../runtime/backoff';
import type { Obstacle } from '../../runtime/connection-state';
import type { ChatError } from '../chat-error';
import type { SentMessage } from './channel';
import type { OutboxWait } from './channel-view';
import type { OutgoingPayload } from './outbox-storage';

/** What happens to the messages of an outbox, in the order it happens. */
export interface OutboxEvents {
  /** A message waits to be sent: for the first time, or again. The connection was lost with it so often before. */
  queued(payload: OutgoingPayload, losses: number): void;
  /** The server has a message. */
  sent(payload: OutgoingPayload, receipt: SentMessage): void;
  /** A message was given up; it stays, to be retried or discarded. */
  failed(payload: OutgoingPayload, error: ChatError): void;
  /** The connection was lost with a message under way, so many times in a row; it is sent again. */
  lost(payload: OutgoingPayload, losses: number): void;
  /** What the first message waits for has changed. */
  waiting(waiting: OutboxWait | undefined): void;
  /** A message was taken out without having been sent, as far as one knows. */
  discarded(payload: OutgoingPayload): void;
}

/** What an outbox needs. */
export interface OutboxNeeds {
  /** Resolves when messages may be sent. Rejects with the reason of the signal, or why they never may be. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** Whether {@link ready} would resolve at once. */
  readonly isReady: () => boolean;
  /** Why it would not. */
  readonly findObstacle: () => Obstacle | undefined;
  /**
   * Sends once, within a time limit of its own; rejects with the reason of the signal. What is suspect, as the
   * connection was lost with it before, is sent while nothing else is that is.
   */
  readonly deliver: (
    payload: OutgoingPayload,
    signal: AbortSignal,
    isSuspect: boolean,
  ) => Promise<SentMessage>;
  /** Delays between attempts. */
  readonly createBackoff: () => Backoff;
  readonly events: OutboxEvents;
  /** Messages that wait or have failed, at most. */
  readonly maxMessages: number;
}

/** How long a message may wait for its receipt. */
export interface OutboxDeadline {
  /** Milliseconds, all attempts and the wait for the connection included. */
  readonly timeoutMs: number;
  /** Gives the message up when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}
