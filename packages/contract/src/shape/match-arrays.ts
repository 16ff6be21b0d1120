import { fail, type Matcher, type MatcherOf, type RuleOf } from './matcher';
import { MESSAGES } from './messages';

type Items = readonly unknown[];

/** Every item matches, from one index on. */
export function matchItems({ from, shape }: RuleOf<'items'>, matcherOf: MatcherOf): Matcher<Items> {
  const matches = matcherOf(shape);
  return (items, path, report) => {
    let isRight = true;
    for (let index = from; index < items.length; index += 1) {
      if (matches(items[index], report ? `${path}/${index}` : '', report)) continue;
      if (!report) return false;
      isRight = false;
    }
    return isRight;
  };
}

/** The item at one index matches, where there is one. */
export function matchItem({ index, shape }: RuleOf<'item'>, matcherOf: MatcherOf): Matcher<Items> {
  const matches = matcherOf(shape);
  return (items, path, report) =>
    items.length <= index || matches(items[index], report ? `${path}/${index}` : '', report);
}

/** As many items match as there should be. */
export function matchContains(rule: RuleOf<'contains'>, matcherOf: MatcherOf): Matcher<Items> {
  const { min, max } = rule;
  const matches = matcherOf(rule.shape);
  return (items, path, report) => {
    const count = items.filter((item) => matches(item, '')).length;
    if (count < min) return fail(report, path, MESSAGES.minContains(min), 'contains');
    return count <= max || fail(report, path, MESSAGES.maxContains(max), 'maxContains');
  };
}
