const DAY_MS = 86_400_000;
/** How far the clock of another process may be ahead. */
const CLOCK_SKEW_MS = 3_600_000;

/** The day that a time in milliseconds is on, counted from 1970. */
export const dayOf = (time: number): number => Math.floor(time / DAY_MS);

/** The days on which sends were stored that still count. */
export function countingDays(now: number, idempotencyMs: number): number[] {
  const first = dayOf(now - idempotencyMs);
  return Array.from({ length: dayOf(now + CLOCK_SKEW_MS) + 1 - first }, (_, index) => first + index);
}
