import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { SharedCounter } from '../ports/scale-out';

/** Redis counts whole numbers; the smallest part of a point that is taken is a 64th. */
const PARTS_OF_A_POINT = 64;

/** Counts in Redis. Nothing waits for one that is not connected. */
export function createRedisCounter(client: Redis, prefix: string): SharedCounter {
  const limiters = new Map<number, RateLimiterRedis>();
  const limiterOf = (durationMs: number) => {
    const known = limiters.get(durationMs);
    if (known) return known;
    const limiter = new RateLimiterRedis({
      storeClient: client,
      keyPrefix: `${prefix}:rate`,
      // What is too much, is known in each process.
      points: Number.MAX_SAFE_INTEGER,
      duration: Math.max(1, Math.ceil(durationMs / 1000)),
      rejectIfRedisNotReady: true,
    });
    limiters.set(durationMs, limiter);
    return limiter;
  };
  return {
    async add(key, points, durationMs) {
      const parts = Math.round(points * PARTS_OF_A_POINT);
      const { consumedPoints, msBeforeNext } = await limiterOf(durationMs).penalty(key, parts);
      return { points: consumedPoints / PARTS_OF_A_POINT, endsInMs: msBeforeNext };
    },
  };
}
