import type { Logger } from 'pino';
import type { SharedCounter } from '../ports/scale-out';
import { toRateKey } from './rate-key';
import { createRateLimiter, type RateLimiter } from './rate-limiter';
import { SharedWindows } from './shared-windows';

/** How many requests somebody may make. Most events cost one point. */
export interface RateLimit {
  /** Points in a window: of an address, or of each entity where connections are signed in. Default 60. */
  points?: number;
  /** Length of the window in seconds. Default 60. */
  durationSeconds?: number;
  /** Points in a window for all entities together that are signed in from one address. Default 20 times `points`. */
  addressPoints?: number;
}

/** Counts the requests of one connection against its limits. */
export interface RateMeter {
  /** Takes points for a request. Answers with the milliseconds to wait where too few are left, else with 0. */
  take(points: number): number;
  /** Takes points that a request turned out to need. Refuses nothing; later requests pay for it. */
  charge(points: number): void;
}

const ADDRESS_FACTOR = 20;

/** A limit that one connection is counted against, with its key, and the one after it. */
class ConnectionMeter implements RateMeter {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly key: string,
    private readonly next?: RateMeter,
  ) {}

  take(points: number): number {
    const retryAfterMs = this.limiter.take(this.key, points);
    // The limit after this one is left alone: who is refused costs nobody else anything.
    return retryAfterMs > 0 ? retryAfterMs : (this.next?.take(points) ?? 0);
  }

  charge(points: number): void {
    this.limiter.charge(this.key, points);
    this.next?.charge(points);
  }
}

/**
 * Makes the meters of connections: by address, or where somebody is signed in by entity first, then by address with
 * a larger limit. Warns in the log of whoever runs into a limit, once a window. `counter` counts what other processes take.
 */
export function createRateMeters(
  { points = 60, durationSeconds = 60, ...limit }: RateLimit,
  logger: Logger,
  counter?: SharedCounter,
) {
  const durationMs = durationSeconds * 1000;
  const { addressPoints = ADDRESS_FACTOR * points } = limit;
  const create = (allowed: number, what: 'address' | 'entityId', name: string = what) =>
    createRateLimiter({
      points: allowed,
      durationMs,
      shared: counter && new SharedWindows(counter, name, durationMs),
      onLimited: (key, retryAfterMs) =>
        logger.warn(
          { [what]: key, retryAfterMs },
          `rate limit reached: more than ${allowed} points in ${durationSeconds} s (see the option \`rateLimit\`)`,
        ),
    });
  const byAddress = create(points, 'address');
  const bySharedAddress = create(addressPoints, 'address', 'sharedAddress');
  const byEntity = create(points, 'entityId');

  return (address: string, entityId: string | undefined): RateMeter => {
    const addressKey = toRateKey(address);
    if (entityId === undefined) return new ConnectionMeter(byAddress, addressKey);
    return new ConnectionMeter(byEntity, entityId, new ConnectionMeter(bySharedAddress, addressKey));
  };
}
