const FIRST_MS = 100;
const MAX_MS = 10_000;

/** Pauses between attempts, each longer than the one before. */
export interface Backoff {
  /** How long to wait now, in milliseconds: from 100 up to 10,000, a part of it by chance. */
  next(): number;
  /** The next pause is the first one again. */
  reset(): void;
}

/** Pauses that double, up to a longest one. */
export function createBackoff(): Backoff {
  let failures = 0;
  return {
    next() {
      const pause = Math.min(FIRST_MS * 2 ** failures, MAX_MS);
      failures += 1;
      // Several servers that lost one database do not come back at the same moment.
      return pause * (0.5 + Math.random() / 2);
    },
    reset() {
      failures = 0;
    },
  };
}
