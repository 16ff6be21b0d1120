import type { Trial } from './trial';

/** What a check belongs to. */
export type ProfileName = 'document' | 'wirepact' | 'elizaos' | 'contract';

/** One thing that a rule asks of a server, and the code that finds out. */
export interface Check {
  /** The rule of SPEC, such as `JOIN-8`. */
  readonly rule: string;
  /** What a server does that keeps to the rule. No other check of a profile has the same. */
  readonly title: string;
  /** The sentence of the document that says so; left out where the document leaves it open. */
  readonly says?: string;
  /** True where it sends so much that it is made only where it is asked for. */
  readonly floods?: true;
  /**
   * @throws Violation Where the server does something else.
   * @throws Skipped Where it cannot be found out.
   */
  readonly run: (trial: Trial) => Promise<void>;
}
