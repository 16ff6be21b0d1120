import { timerMs } from '../base/deadline';
import type { ConnectionSettings } from './connection-settings';

/** How long to wait between attempts; the jitter keeps clients from coming back all at once. */
type BackoffSettings = Pick<
  ConnectionSettings,
  'reconnectionDelay' | 'reconnectionDelayMax' | 'randomizationFactor'
>;

/** Delays that double with every attempt, with jitter on top. */
export class Backoff {
  /** Attempts counted so far. */
  attempts = 0;

  readonly #settings: BackoffSettings;
  readonly #random: () => number;

  constructor(settings: BackoffSettings, random: () => number = Math.random) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Counts an attempt and says how many milliseconds to wait for it: never less than `retryAfterMs`. */
  nextDelayMs(retryAfterMs = 0): number {
    const {
      reconnectionDelay = 1000,
      reconnectionDelayMax = 5000,
      randomizationFactor = 0.5,
    } = this.#settings;
    const delay = Math.min(reconnectionDelayMax, reconnectionDelay * 2 ** this.attempts);
    this.attempts += 1;
    return timerMs(Math.max(delay, retryAfterMs) * (1 + randomizationFactor * this.#random()));
  }

  /** Starts over from the shortest delay. */
  reset(): void {
    this.attempts = 0;
  }
}
