import type { Issue } from '../issues';
import type { RuleBody, Shape } from './shape';

/** Is told of a fault. */
export type Report = (path: string, message: string, keyword: string) => void;

/**
 * Whether a value matches. Without `report` it stops at the first fault; with it every fault is reported, and `path` is
 * where the value is.
 */
export type Matcher<Value = unknown> = (value: Value, path: string, report?: Report) => boolean;

/** The matcher of a shape. */
export type MatcherOf = (shape: Shape) => Matcher;

/** A rule of one kind. */
export type RuleOf<Kind extends RuleBody['kind']> = Extract<RuleBody, { kind: Kind }>;

/** As many issues as one is told of. */
const MAX_ISSUES = 8;

/** Is thrown where a list is full, so that a large value which is wrong all over is not walked to its end. */
const FULL = new Error('The list of issues is full.');

/** What a matcher has against a value, each thing once. */
export function listIssues(matches: Matcher, value: unknown, path: string): Issue[] {
  const issues: Issue[] = [];
  try {
    matches(value, path, (at, message, keyword) => {
      const isNew = issues.every((issue) => issue.path !== at || issue.message !== message);
      if (isNew) issues.push({ path: at, message, keyword });
      if (issues.length === MAX_ISSUES) throw FULL;
    });
  } catch (thrown) {
    if (thrown !== FULL) throw thrown;
  }
  return issues;
}

/** Reports a fault, where somebody wants to know. */
export function fail(report: Report | undefined, path: string, message: string, keyword: string): false {
  report?.(path, message, keyword);
  return false;
}

/** All of the matchers: all of them report, and without a report the first that fails is the last. */
export function every<Value>(matchers: readonly Matcher<Value>[]): Matcher<Value> {
  const [only, ...others] = matchers;
  if (only && others.length === 0) return only;
  return (value, path, report) => {
    let isRight = true;
    for (const matches of matchers) {
      if (matches(value, path, report)) continue;
      if (!report) return false;
      isRight = false;
    }
    return isRight;
  };
}
