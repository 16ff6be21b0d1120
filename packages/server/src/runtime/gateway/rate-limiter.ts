import type { CountedWindow, SharedWindows } from './shared-windows';

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
  /** What other processes count; left out where this one counts alone. */
  readonly shared?: SharedWindows | undefined;
  /** Told of each key that runs out of points, once a window. */
  readonly onLimited: (key: string, retryAfterMs: number) => void;
}

interface Window extends CountedWindow {
  isLimited: boolean;
}

/** A limiter kept in this process's memory. A key's window starts with its first request, in whichever process that is. */
export function createRateLimiter({
  points: limit,
  durationMs,
  shared,
  onLimited,
}: RateLimiterOptions): RateLimiter {
  /** In the order in which they end, since all are equally long; one that began elsewhere ends before it is forgotten. */
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
    const window = { used: 0, told: 0, others: 0, endsAt: now + durationMs, isLimited: false };
    windows.set(key, window);
    return window;
  };

  return {
    take(key, points) {
      const now = performance.now();
      const window = windowOf(key, now);
      if (window.used + window.others + points <= limit) {
        window.used += points;
        shared?.note(key, window);
        return 0;
      }
      const retryAfterMs = Math.max(1, Math.ceil(window.endsAt - now));
      if (!window.isLimited) onLimited(key, retryAfterMs);
      window.isLimited = true;
      return retryAfterMs;
    },

    charge(key, points) {
      const window = windowOf(key, performance.now());
      window.used += points;
      shared?.note(key, window);
    },
  };
}
