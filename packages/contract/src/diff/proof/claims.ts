import type { Case, Facts } from './facts';
import type { Scoped } from './scope';

/** What the rules about one type ask of the proof that they are a part of. */
export interface Claims {
  /**
   * True where every value that matches `facts` matches `goal`. Inside a proof it is asked only of values that are
   * inside the one at hand.
   */
  covers(facts: Facts, goal: Scoped): boolean;
  /** True where no value matches `facts`. */
  isEmpty(facts: Facts): boolean;
  /** True where every value of the case matches `goal`; the value is the one at hand, not one inside it. */
  caseCovers(one: Case, goal: Scoped): boolean;
}
