import { WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { SharedCounter } from '../ports/scale-out';
import { toRateKey } from './rate-key';
import { createRateLimiter } from './rate-limiter';
import { SharedWindows } from './shared-windows';

/** How many connections an address may open. */
export interface ConnectLimit {
  /** Connections in a window, whether they are let in or not. Default 600. */
  points?: number;
  /** Length of the window in seconds. Default 60. */
  durationSeconds?: number;
}

/**
 * Counts who connects, before anything of the host's is asked; throws `RATE_LIMITED` with how long to wait. `counter` counts who
 * connects to other processes.
 */
export function createConnectCheck(
  limit: ConnectLimit,
  logger: Logger,
  counter?: SharedCounter,
): (address: string) => void {
  const { points = 600, durationSeconds = 60 } = limit;
  const durationMs = durationSeconds * 1000;
  const limiter = createRateLimiter({
    points,
    durationMs,
    shared: counter && new SharedWindows(counter, 'connect', durationMs),
    onLimited: (address, retryAfterMs) =>
      logger.warn(
        { address, retryAfterMs },
        `connect limit reached: more than ${points} connections in ${durationSeconds} s (see the option \`connectLimit\`)`,
      ),
  });
  return (address) => {
    const retryAfterMs = limiter.take(toRateKey(address), 1);
    if (retryAfterMs === 0) return;
    throw new WirepactError(
      'RATE_LIMITED',
      `Too many connections; try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
      { retryable: true, retryAfterMs },
    );
  };
}
