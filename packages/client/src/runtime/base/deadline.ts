import type { WirepactError } from '@wirepact/contract/runtime';
import { createClientError } from './client-errors';
import { whenAborted } from './when-aborted';

/** A time as a timer can wait it, 23 days at most: anything above 24.8 would fire at once. */
export const timerMs = (ms: number): number => Math.min(ms, 2e9);

/** Why something has not happened yet. */
export interface Obstacle {
  /** In words that end a sentence. */
  readonly reason: string;
  readonly cause?: WirepactError | undefined;
}

/** When to stop waiting. */
export interface DeadlineOptions {
  /** Milliseconds after which it is too late. */
  readonly timeoutMs: number;
  /** Ends the wait when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Says, where it is too late, why it has not happened yet. */
  readonly explain?: (() => Obstacle | undefined) | undefined;
}

/**
 * Runs `run` with a signal that aborts at the deadline, which `run` must obey by rejecting with the
 * signal's reason. Leaves neither a timer nor a listener behind.
 *
 * @throws WirepactError `TIMEOUT` or `ABORTED`; its message names `what` was waited for.
 */
export async function withDeadline<Result>(
  what: string,
  { timeoutMs, signal, explain }: DeadlineOptions,
  run: (deadline: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const onAbort = () => deadline.abort(createClientError('ABORTED', `${what} was aborted.`, signal?.reason));
  const onTimeout = () => {
    const { reason, cause } = explain?.() ?? {};
    const end = reason === undefined ? '.' : `: ${reason}`;
    deadline.abort(createClientError('TIMEOUT', `${what} had no answer within ${timeoutMs} ms${end}`, cause));
  };
  const stopListening = whenAborted(signal, onAbort);
  deadline.signal.throwIfAborted();
  const timer = setTimeout(onTimeout, timerMs(timeoutMs));
  try {
    return await run(deadline.signal);
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}

/** Settles as `promise` does, or rejects with the reason of `signal` as soon as that is aborted. */
export function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = whenAborted(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(stop);
  });
}

/** Waits `delayMs` milliseconds, or until `signal` is aborted; resolves either way. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stop();
      resolve();
    }, timerMs(delayMs));
    const stop = whenAborted(signal, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
