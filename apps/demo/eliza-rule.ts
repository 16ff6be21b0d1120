/** One way to take a sentence apart, and what to say to it. `$1`, `$2` … are its groups, turned round. */
export interface Decomposition {
  readonly match: RegExp;
  readonly answers: readonly string[];
}

/** What one keyword makes Eliza say. Where several rules match, the highest rank wins. */
export interface ElizaRule {
  readonly name: string;
  readonly rank: number;
  readonly keyword: RegExp;
  /** Tried in this order; the first that matches answers. */
  readonly decompositions: readonly Decomposition[];
}

/** The same answers to whatever was said around the keyword. */
export const anything = (...answers: string[]): Decomposition[] => [{ match: /^/, answers }];
