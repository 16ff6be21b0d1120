import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiter } from '../ports/rate-limiter';

/** How many requests an address may make. */
export interface RateLimit {
  /** Requests in a window. Default 60. */
  points?: number;
  /** Length of the window in seconds. Default 60. */
  durationSeconds?: number;
}

/** A limit kept in this process's memory. */
export function createRateLimiter({ points = 60, durationSeconds = 60 }: RateLimit): RateLimiter {
  const limiter = new RateLimiterMemory({ points, duration: durationSeconds });
  return {
    async consume(key) {
      try {
        await limiter.consume(key);
        return 0;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
        throw refusal;
      }
    },
  };
}
