import type { WirepactError } from '@wirepact/contract/runtime';
import { createClientError } from './client-errors';

/** The longest time a timer can wait: anything above fires at once. About 24.8 days. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

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

/** What is to be done once signals are aborted. */
const waiting = new WeakMap<
  AbortSignal,
  { readonly actions: Set<() => void>; readonly listener: () => void }
>();

/** Does something once a signal is aborted, until it is forgotten. Node warns of a signal with many listeners: it has one. */
function onceAborted(signal: AbortSignal, action: () => void): () => void {
  const known = waiting.get(signal);
  const actions = known?.actions ?? new Set<() => void>();
  const listener =
    known?.listener ??
    (() => {
      for (const one of actions) one();
    });
  if (!known) signal.addEventListener('abort', listener);
  waiting.set(signal, { actions, listener });
  actions.add(action);
  return () => {
    if (!actions.delete(action) || actions.size > 0) return;
    signal.removeEventListener('abort', listener);
    waiting.delete(signal);
  };
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
  const onAbort = () =>
    deadline.abort(createClientError('ABORTED', `${what} was aborted.`, signal?.reason ?? 'aborted'));
  const onTimeout = () => {
    const { reason, cause } = explain?.() ?? {};
    const end = reason === undefined ? '.' : `: ${reason}`;
    deadline.abort(createClientError('TIMEOUT', `${what} had no answer within ${timeoutMs} ms${end}`, cause));
  };
  if (signal?.aborted) onAbort();
  deadline.signal.throwIfAborted();
  const forget = signal && onceAborted(signal, onAbort);
  const timer = setTimeout(onTimeout, Math.min(timeoutMs, MAX_TIMER_MS));
  try {
    return await run(deadline.signal);
  } finally {
    clearTimeout(timer);
    forget?.();
  }
}

/** Settles as `promise` does, or rejects with the reason of `signal` as soon as that is aborted. */
export function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Waits `delayMs` milliseconds, or until `signal` is aborted; resolves either way. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(delayMs, MAX_TIMER_MS));
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
