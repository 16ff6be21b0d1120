import type { ClientError } from './client-errors';

/** What {@link Gate.pass} does where nobody is trying to connect. */
export interface PassOptions {
  /** Wait for somebody to connect again, unless connecting makes no sense any more. Default `false`. */
  readonly whileDisconnected?: boolean | undefined;
}

/** One caller that waits at a {@link Gate}. */
interface Waiter {
  readonly pass: () => void;
  readonly fail: (error: ClientError) => void;
}

/** Lets callers through while it is open, keeps them waiting in order while it is shut, or turns them away. */
export class Gate {
  readonly #waiters = new Set<Waiter>();
  #status: 'open' | 'shut' | 'failed' = 'shut';
  #failure: ClientError | undefined;

  get isOpen(): boolean {
    return this.#status === 'open';
  }

  /** Lets everybody through, those who have waited longest first. */
  open(): void {
    this.#status = 'open';
    for (const waiter of [...this.#waiters]) waiter.pass();
  }

  /** Keeps callers waiting from now on. */
  shut(): void {
    this.#status = 'shut';
    this.#failure = undefined;
  }

  /** Turns away those who wait, and whoever comes until the gate is opened or shut again. */
  fail(error: ClientError): void {
    this.#status = 'failed';
    this.#failure = error;
    for (const waiter of [...this.#waiters]) waiter.fail(error);
  }

  /**
   * Resolves once the gate is open. Rejects with the reason of `signal`, or with what it failed with; with
   * `whileDisconnected` only where that is not retryable.
   */
  pass(signal: AbortSignal, { whileDisconnected = false }: PassOptions = {}): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#status === 'open') return Promise.resolve();
    const turnsAway = (error: ClientError) => !(whileDisconnected && error.retryable);
    if (this.#failure && turnsAway(this.#failure)) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', onAbort);
      };
      const settle = (end: () => void) => {
        leave();
        end();
      };
      const onAbort = () => settle(() => reject(signal.reason));
      const waiter: Waiter = {
        pass: () => settle(resolve),
        fail: (error) => {
          if (turnsAway(error)) settle(() => reject(error));
        },
      };
      this.#waiters.add(waiter);
      signal.addEventListener('abort', onAbort);
    });
  }
}
