import { MAX_TIMER_MS } from '../base/deadline';

/** How long to wait between attempts. */
export interface BackoffOptions {
  /** Milliseconds before the first retry. */
  readonly minMs: number;
  /** Milliseconds the delay doubles up to. */
  readonly maxMs: number;
  /** How much longer than that a delay may be, at random, so that clients do not come back all at once: 0.5 is half. */
  readonly jitter: number;
}

/** Delays that double with every attempt, with jitter on top. */
export class Backoff {
  /** Attempts counted so far. */
  attempts = 0;

  readonly #options: BackoffOptions;
  readonly #random: () => number;

  constructor(options: BackoffOptions, random: () => number = Math.random) {
    this.#options = options;
    this.#random = random;
  }

  /** Counts an attempt and says how many milliseconds to wait for it: never less than `retryAfterMs`. */
  nextDelayMs(retryAfterMs = 0): number {
    const { minMs, maxMs, jitter } = this.#options;
    const delay = Math.max(Math.min(maxMs, minMs * 2 ** this.attempts), retryAfterMs);
    this.attempts += 1;
    return Math.min(delay * (1 + jitter * this.#random()), MAX_TIMER_MS);
  }

  /** Starts over from the shortest delay. */
  reset(): void {
    this.attempts = 0;
  }
}
