import { percentile } from '../statistics';

/** A node that has one thing to do after the other. */
export interface Queue {
  /** The part of its time in which it is busy. */
  readonly busy: number;
  /** How long one thing takes, in milliseconds. */
  readonly serviceMs: number;
  /** How many come together, in the mean; 1 where each comes by itself. */
  readonly burst: number;
  readonly arrivals: number;
  readonly random: () => number;
}

/** How long things wait and are done, in milliseconds. */
export interface Waits {
  readonly p50: number;
  readonly p99: number;
}

/** The value that half of all do not exceed, and the one that 99 of a hundred do not. */
export const waitsOf = (values: readonly number[]): Waits => ({
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
});

/** Bursts come at random; each is of any size, small ones more often. */
export function simulateQueue({ busy, serviceMs, burst, arrivals, random }: Queue): Waits {
  const meanGap = (serviceMs * burst) / busy;
  const waits: number[] = [];
  let free = 0;
  let now = 0;
  while (waits.length < arrivals) {
    now += -Math.log(1 - random()) * meanGap;
    const size = burst === 1 ? 1 : 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - 1 / burst));
    for (let come = 0; come < size; come += 1) {
      free = Math.max(free, now) + serviceMs;
      waits.push(free - now);
    }
  }
  return waitsOf(waits);
}
