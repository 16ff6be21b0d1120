import { isObject } from '../is-object';
import { toPointerToken } from '../issues';
import { fail, listIssues, type Matcher, type MatcherOf, type RuleOf } from './matcher';
import { MESSAGES } from './messages';
import type { Tag } from './shape';
import { ownValue } from './value-tests';

/** What the branches of a union have against a value that matches none: all of them, each what it says. */
const reportBranches = (branches: readonly Matcher[]): Matcher => {
  return (value, path, report) => {
    for (const branch of branches)
      for (const issue of listIssues(branch, value, path)) report?.(issue.path, issue.message, issue.keyword);
    return false;
  };
};

/** What is wrong with an object that matches no branch: what the branch says that its tag names, or its tag itself. */
function reportTagged({ name, values }: Tag, branches: readonly Matcher[]): Matcher<object> {
  const at = `/${toPointerToken(name)}`;
  const all = values.flat();
  return (object, path, report) => {
    const tag = ownValue(object, name);
    if (tag === undefined) return fail(report, path + at, MESSAGES.required(), 'required');
    const branch = branches[values.findIndex((some) => some.includes(tag))];
    return branch ? branch(object, path, report) : fail(report, path + at, MESSAGES.enum(all), 'enum');
  };
}

/** The value matches at least one of the branches. */
export function matchAny({ shapes, tag }: RuleOf<'any' | 'one'>, matcherOf: MatcherOf): Matcher {
  const branches = shapes.map(matcherOf);
  const reportAll = reportBranches(branches);
  const reportOne = tag && reportTagged(tag, branches);
  return (value, path, report) => {
    if (branches.some((matches) => matches(value, ''))) return true;
    if (!report) return false;
    return reportOne && isObject(value) ? reportOne(value, path, report) : reportAll(value, path, report);
  };
}

/** The value matches exactly one of the branches. */
export function matchOne(rule: RuleOf<'any' | 'one'>, matcherOf: MatcherOf): Matcher {
  const branches = rule.shapes.map(matcherOf);
  const any = matchAny(rule, matcherOf);
  return (value, path, report) => {
    if (!any(value, path, report)) return false;
    const isOne = branches.filter((matches) => matches(value, '')).length === 1;
    return isOne || fail(report, path, MESSAGES.oneOf(), 'oneOf');
  };
}

/** The value does not match. */
export function matchNot({ shape }: RuleOf<'not'>, matcherOf: MatcherOf): Matcher {
  const matches = matcherOf(shape);
  return (value, path, report) => !matches(value, '') || fail(report, path, MESSAGES.not(), 'not');
}

/** The value matches one shape or another, as a condition says. */
export function matchIf(rule: RuleOf<'if'>, matcherOf: MatcherOf): Matcher {
  const [condition, then, otherwise] = [rule.condition, rule.then, rule.else].map(matcherOf);
  return (value, path, report) => {
    const matches = condition?.(value, '') ? then : otherwise;
    return matches?.(value, path, report) ?? true;
  };
}
