/** Counts requests by key. */
export interface RateLimiter {
  /** Counts one request. Resolves with the milliseconds to wait where that is one too many, else with 0. */
  consume(key: string): Promise<number>;
}
