import type { ClientError } from '../base/client-errors';
import { Backoff } from './backoff';
import type { ConnectionSettings } from './connection-settings';

/** How often credentials that were refused are asked for again: once at once, then with growing delays. */
const MAX_REFUSALS = 4;

/** Whether and when to connect again. */
export class Reconnection {
  readonly #backoff: Backoff;
  /** How often credentials were refused, since a connection last stood. */
  #refusals = 0;

  /** Attempts since the connection was lost, or since connecting began. */
  attempt = 0;

  readonly #settings: ConnectionSettings;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#backoff = new Backoff(settings);
  }

  /** Counts an attempt and says how many milliseconds to wait for it; `undefined` where it makes no sense. */
  delayAfter(error: ClientError): number | undefined {
    const { auth, reconnection = true, reconnectionAttempts = Number.POSITIVE_INFINITY } = this.#settings;
    // What was refused may have expired a moment ago, and `auth` have something newer.
    const isRenewable = error.code === 'UNAUTHENTICATED' && typeof auth === 'function';
    const mayRetry = error.retryable || (isRenewable && this.#refusals < MAX_REFUSALS);
    if (!reconnection || !mayRetry || this.attempt >= reconnectionAttempts) return undefined;
    this.attempt += 1;
    if (isRenewable) this.#refusals += 1;
    return isRenewable && this.#refusals === 1 ? 0 : this.#backoff.nextDelayMs(error.retryAfterMs);
  }

  /** Notes that a connection has lasted, or that somebody asks for one. */
  startOver(): void {
    this.#backoff.reset();
    this.attempt = 0;
    this.#refusals = 0;
  }
}
