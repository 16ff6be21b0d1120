/** Counts the requests of one connection against its limits. */
export interface RateMeter {
  /** Takes points for a request. Answers with the milliseconds to wait where too few are left, else with 0. */
  take(points: number): number;
  /** Takes points that a request turned out to need. Refuses nothing; later requests pay for it. */
  charge(points: number): void;
}
