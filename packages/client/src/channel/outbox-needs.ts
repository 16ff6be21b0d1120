import type { WirepactError } from '@wirepact/contract/runtime';
import type { Backoff } from '../backoff';
import type { SentMessage } from './channel';
import type { OutgoingPayload } from './outbox-storage';

/** What happens to the messages of an outbox, in the order it happens. */
export interface OutboxEvents {
  /** A message waits to be sent: for the first time, or again. */
  queued(payload: OutgoingPayload): void;
  /** The server has a message. */
  sent(payload: OutgoingPayload, receipt: SentMessage): void;
  /** A message was given up; it stays, to be retried or discarded. */
  failed(payload: OutgoingPayload, error: WirepactError): void;
  /** A message was taken out without having been sent, as far as one knows. */
  discarded(payload: OutgoingPayload): void;
}

/** What an outbox needs. */
export interface OutboxNeeds {
  /** Resolves when messages may be sent. Rejects with the reason of the signal, or why they never may be. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** Sends once, within a time limit of its own; rejects with the reason of the signal. */
  readonly deliver: (payload: OutgoingPayload, signal: AbortSignal) => Promise<SentMessage>;
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
