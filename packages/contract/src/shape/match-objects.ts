import { toPointerToken } from '../issues';
import { fail, type Matcher, type MatcherOf, type RuleOf } from './matcher';
import { MESSAGES } from './messages';
import { isMeant, namesOf, ownValue } from './value-tests';

type Properties = Readonly<Record<string, unknown>>;

const toStep = (name: string) => `/${toPointerToken(name)}`;

/** The own property `name` matches, where there is one. */
export function matchProperty(rule: RuleOf<'property'>, matcherOf: MatcherOf): Matcher<Properties> {
  const { name, required, shape } = rule;
  const matches = matcherOf(shape);
  const step = toStep(name);
  const isInherited = name in Object.prototype;
  return (object, path, report) => {
    const value = isInherited ? ownValue(object, name) : object[name];
    if (value !== undefined) return matches(value, report ? path + step : '', report);
    return !required || fail(report, path + step, MESSAGES.required(), 'required');
  };
}

/** The values of all properties match whose names are meant. */
export function matchEntries(rule: RuleOf<'entries'>, matcherOf: MatcherOf): Matcher<Properties> {
  const { shape, keyword } = rule;
  const isAbout = isMeant(rule.names);
  const matches: Matcher = shape.isNothing
    ? (_value, path, report) => fail(report, path, MESSAGES.additionalProperties(), keyword)
    : matcherOf(shape);
  return (object, path, report) => {
    let isRight = true;
    for (const name of namesOf(object)) {
      if (!isAbout(name) || matches(object[name], report ? path + toStep(name) : '', report)) continue;
      if (!report) return false;
      isRight = false;
    }
    return isRight;
  };
}

/** The name of every property matches. */
export function matchNames({ shape }: RuleOf<'names'>, matcherOf: MatcherOf): Matcher<Properties> {
  const matches = matcherOf(shape);
  return (object, path, report) => {
    const wrong = namesOf(object).filter((name) => !matches(name, ''));
    for (const name of wrong) fail(report, path + toStep(name), MESSAGES.propertyNames(), 'propertyNames');
    return wrong.length === 0;
  };
}

/** An object that has the property `name` matches. */
export function matchWhen({ name, shape }: RuleOf<'when'>, matcherOf: MatcherOf): Matcher<Properties> {
  const matches = matcherOf(shape);
  return (object, path, report) => ownValue(object, name) === undefined || matches(object, path, report);
}
