/** Counts points by key, each key in windows of its own. */
export interface RateLimiter {
  /** Takes points. Answers with the milliseconds to wait where too few are left in the window, else with 0. */
  take(key: string, points: number): number;
  /** Takes points, also where there are none left. */
  charge(key: string, points: number): void;
}

/** What a {@link RateLimiter} is made of. */
export interface RateLimiterOptions {
  /** Points in a window. */
  readonly points: number;
  readonly durationMs: number;
  /** Told of each key that runs out of points, once a window. */
  readonly onLimited: (key: string, retryAfterMs: number) => void;
}

interface Window {
  used: number;
  readonly endsAt: number;
  isLimited: boolean;
}

/** A limiter kept in this process's memory. A key's window starts with its first request. */
export function createRateLimiter({ points: limit, durationMs, onLimited }: RateLimiterOptions): RateLimiter {
  /** In the order in which they end, since all are equally long. */
  const windows = new Map<string, Window>();

  const forgetEnded = (now: number) => {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > now) return;
      windows.delete(key);
    }
  };

  const windowOf = (key: string, now: number): Window => {
    const current = windows.get(key);
    if (current && current.endsAt > now) return current;
    forgetEnded(now);
    const window = { used: 0, endsAt: now + durationMs, isLimited: false };
    windows.set(key, window);
    return window;
  };

  return {
    take(key, points) {
      const now = performance.now();
      const window = windowOf(key, now);
      if (window.used + points <= limit) {
        window.used += points;
        return 0;
      }
      const retryAfterMs = Math.max(1, Math.ceil(window.endsAt - now));
      if (!window.isLimited) onLimited(key, retryAfterMs);
      window.isLimited = true;
      return retryAfterMs;
    },

    charge(key, points) {
      windowOf(key, performance.now()).used += points;
    },
  };
}
