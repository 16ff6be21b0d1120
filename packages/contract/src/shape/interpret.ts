import type { Issue } from '../issues';
import { matchContains, matchItem, matchItems } from './match-arrays';
import { matchAny, matchIf, matchNot, matchOne } from './match-combinations';
import { matchEntries, matchNames, matchProperty, matchWhen } from './match-objects';
import { every, fail, listIssues, type Matcher, type MatcherOf, type RuleOf } from './matcher';
import { MESSAGES } from './messages';
import { groupRules, type Rule, type RuleBody, type Shape } from './shape';
import { isOfGroup, isOfTypes, testOf } from './value-tests';

function matchAssertion(rule: RuleOf<'assertion'>): Matcher<never> {
  const { assertion, at = '', message, keyword } = rule;
  const isRight = testOf(assertion);
  return (value, path, report) => isRight(value) || fail(report, path + at, message, keyword);
}

const matchCode =
  ({ refinement }: RuleOf<'code'>): Matcher =>
  (value, path, report) =>
    refinement.holds(value) || fail(report, path, refinement.message(value), 'refine');

function matchRule(rule: RuleBody, matcherOf: MatcherOf): Matcher<never> {
  switch (rule.kind) {
    case 'assertion':
      return matchAssertion(rule);
    case 'property':
      return matchProperty(rule, matcherOf);
    case 'entries':
      return matchEntries(rule, matcherOf);
    case 'names':
      return matchNames(rule, matcherOf);
    case 'items':
      return matchItems(rule, matcherOf);
    case 'item':
      return matchItem(rule, matcherOf);
    case 'contains':
      return matchContains(rule, matcherOf);
    case 'all':
      return every(rule.shapes.map(matcherOf));
    case 'any':
      return matchAny(rule, matcherOf);
    case 'one':
      return matchOne(rule, matcherOf);
    case 'not':
      return matchNot(rule, matcherOf);
    case 'if':
      return matchIf(rule, matcherOf);
    case 'when':
      return matchWhen(rule, matcherOf);
    case 'code':
      return matchCode(rule);
  }
}

function matchGroup(group: Rule['on'], rules: readonly Rule[], matcherOf: MatcherOf): Matcher {
  // A rule is only asked for values of the group that it is about, which no type can say here.
  const matches = every(rules.map((rule) => matchRule(rule, matcherOf))) as Matcher;
  if (group === undefined) return matches;
  const isAbout = isOfGroup(group);
  return (value, path, report) => !isAbout(value) || matches(value, path, report);
}

/** The rules of a shape; code comes last, and sees only what has passed the others. */
function matchRules({ types, rules }: Shape, matcherOf: MatcherOf): Matcher {
  const groups = groupRules({ types, rules: rules.filter(({ kind }) => kind !== 'code') });
  const plain = every([...groups].map(([group, members]) => matchGroup(group, members, matcherOf)));
  const code = rules.flatMap((rule) => (rule.kind === 'code' ? [matchCode(rule)] : []));
  if (code.length === 0) return plain;
  const passes = every(code);
  return (value, path, report) => plain(value, path, report) && passes(value, path, report);
}

function matchShape(shape: Shape, matcherOf: MatcherOf): Matcher {
  if (shape.isNothing) return (_value, path, report) => fail(report, path, MESSAGES.never(), 'not');
  const rules = matchRules(shape, matcherOf);
  const { types } = shape;
  if (!types) return rules;
  const isRight = isOfTypes(types);
  return (value, path, report) =>
    isRight(value) ? rules(value, path, report) : fail(report, path, MESSAGES.type(types), 'type');
}

/** What interprets one shape: it evaluates no code, and answers as what is emitted for the shape does. */
export interface Interpretation {
  /** True where `value` matches. */
  readonly check: (value: unknown) => boolean;
  /** What is wrong with `value`, eight things at most; empty where it matches. */
  readonly issues: (value: unknown) => Issue[];
}

/** Interprets a shape; `typeOf` finds those that it refers to by name, once they are needed. */
export function interpret(shape: Shape, typeOf: (name: string) => Shape): Interpretation {
  const matchers = new Map<Shape, Matcher>();
  const matcherOf: MatcherOf = (one) => {
    const known = matchers.get(one);
    if (known) return known;
    const { refersTo } = one;
    const matcher: Matcher =
      refersTo === undefined
        ? matchShape(one, matcherOf)
        : (value, path, report) => matcherOf(typeOf(refersTo))(value, path, report);
    matchers.set(one, matcher);
    return matcher;
  };
  const matches = matcherOf(shape);
  return { check: (value) => matches(value, ''), issues: (value) => listIssues(matches, value, '') };
}
