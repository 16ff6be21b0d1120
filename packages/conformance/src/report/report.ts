import type { ProfileName } from '../check/check';
import type { Transport } from '../check/target';

/** `unknown` where there was no time, or no events, left to find out. */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'unknown';

/** One check, made. */
export interface CheckResult {
  /** Profile that the check is of. */
  readonly profile: ProfileName;
  /** Transport that it was run over. */
  readonly transport: Transport;
  /** Id of the rule, such as `JOIN-17`. */
  readonly rule: string;
  /** What was checked. */
  readonly title: string;
  /** The sentence of the document that the rule is from; left out where it leaves that open. */
  readonly says?: string;
  /** What came out. */
  readonly outcome: Outcome;
  /** What the server does instead, or why it was not found out; left out where it keeps to the rule. */
  readonly message?: string;
}

/** A run. It says nothing of times, so that two runs of one seed say the same. */
export interface Report {
  /** Address of the server. */
  readonly url: string;
  /** What payloads were made from; the same one makes the same. */
  readonly seed: number;
  /** Of every check, in the order in which they ran. */
  readonly results: readonly CheckResult[];
}

/** How many results there are of an outcome. */
export const count = ({ results }: Pick<Report, 'results'>, outcome: Outcome): number =>
  results.filter((result) => result.outcome === outcome).length;

/** Results by their profile and transport, in the order in which they were made. */
export function groupResults({ results }: Report): ReadonlyMap<string, readonly CheckResult[]> {
  const groups = new Map<string, CheckResult[]>();
  for (const result of results) {
    const name = `${result.profile}, ${result.transport}`;
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return groups;
}
