import { median } from './statistics';

/** A value at a time, in milliseconds. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Where values are heading. */
export interface Trend {
  /** How much they change in a millisecond: the median of the slopes between all pairs, which no single peak moves. */
  readonly slope: number;
  /** How much they have grown from the first to the last, by that slope, as a part of their median. */
  readonly growth: number;
  readonly isFlat: boolean;
}

/** What still counts as flat: noise of a collector, and pages that have not gone back to the system yet. */
const FLAT_GROWTH = 0.05;

/** Where values are heading that are in the order of their times. */
export function trendOf(points: readonly Point[]): Trend {
  const slopes = points.flatMap((from, index) =>
    points.slice(index + 1).map((to) => (to.value - from.value) / (to.at - from.at)),
  );
  const slope = slopes.length === 0 ? 0 : median(slopes);
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  const growth = (slope * span) / median(points.map(({ value }) => value));
  return { slope, growth, isFlat: growth <= FLAT_GROWTH };
}
