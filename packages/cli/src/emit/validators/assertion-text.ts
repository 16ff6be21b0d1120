import { type Assertion, FORMATS, type LimitKeyword, type NameFilter } from '@wirepact/contract/tools';
import type { Constants } from './constants';
import { and, literal, or, ownProperty, type Test, toAscii, VALUE } from './source-text';

/** More values than this are looked up in a set. */
const MAX_COMPARISONS = 12;
/** More names than this are looked up in a set. */
const MAX_NAMES = 8;

const toRegExp = (source: string, flags: string) => toAscii(`/${new RegExp(source, flags).source}/${flags}`);

const matches = (source: string, flags: string, constants: Constants): Test =>
  `${constants.nameOf(toRegExp(source, flags))}.test(${VALUE})`;

function formatText(name: string, constants: Constants): Test {
  const { source, flags, isTime } = FORMATS.get(name) ?? { source: '', flags: '' };
  if (!isTime) return matches(source, flags, constants);
  return `isTime(${constants.nameOf(toRegExp(source, flags))},${VALUE})`;
}

/** Test that the value which `value` reads equals a JSON value, member by member. */
function equals(value: string, expected: unknown): Test {
  if (typeof expected !== 'object' || expected === null) return `${value}===${literal(expected)}`;
  if (Array.isArray(expected)) {
    const items = expected.map((item, index) => equals(`${value}[${index}]`, item));
    return and([`Array.isArray(${value})`, `${value}.length===${expected.length}`, ...items]);
  }
  const entries = Object.entries(expected);
  const members = entries.map(([name, member]) => equals(ownProperty(value, name), member));
  return and([`isObject(${value})`, `namesOf(${value}).length===${entries.length}`, ...members]);
}

function choiceText(values: readonly unknown[], constants: Constants): Test {
  const isPlain = values.every((value) => typeof value !== 'object' || value === null);
  if (!isPlain || values.length <= MAX_COMPARISONS) return or(values.map((value) => equals(VALUE, value)));
  return `${constants.nameOf(`new Set(${literal(values)})`)}.has(${VALUE})`;
}

const LIMITS: Readonly<Record<LimitKeyword, (limit: number) => Test>> = {
  minLength: (limit) => (limit > 1 ? `hasAtLeast(${VALUE},${limit})` : `${VALUE}!==""`),
  maxLength: (limit) => `hasAtMost(${VALUE},${limit})`,
  minItems: (limit) => `${VALUE}.length>=${limit}`,
  maxItems: (limit) => `${VALUE}.length<=${limit}`,
  minProperties: (limit) => `namesOf(${VALUE}).length>=${limit}`,
  maxProperties: (limit) => `namesOf(${VALUE}).length<=${limit}`,
  minimum: (limit) => `${VALUE}>=${limit}`,
  maximum: (limit) => `${VALUE}<=${limit}`,
  exclusiveMinimum: (limit) => `${VALUE}>${limit}`,
  exclusiveMaximum: (limit) => `${VALUE}<${limit}`,
  multipleOf: (limit) => `isMultiple(${VALUE},${limit})`,
};

/** Text of the test that a value is as an assertion says; `value-tests.ts` has the same as code. */
export function assertionText(assertion: Assertion, constants: Constants): Test {
  switch (assertion.is) {
    case 'uniqueItems':
      return `isUnique(${VALUE})`;
    case 'pattern':
      return matches(assertion.pattern, 'u', constants);
    case 'format':
      return formatText(assertion.format, constants);
    case 'choice':
      return choiceText(assertion.values, constants);
    case 'dependency': {
      const { name, other } = assertion;
      return or([`${ownProperty(VALUE, name)}===undefined`, `${ownProperty(VALUE, other)}!==undefined`]);
    }
    default:
      return LIMITS[assertion.is](assertion.limit);
  }
}

/** Texts of tests of a property's name: a rule is about those `where` one holds, `unless` the other does. */
export interface NameTests {
  readonly where: Test;
  readonly unless: Test;
}

/** Texts of the tests that tell which property names a rule is about. */
export function nameTests(filter: NameFilter, constants: Constants): NameTests {
  if ('matching' in filter) return { where: matches(filter.matching, 'u', constants), unless: 'false' };
  const { names, patterns } = filter.except;
  const isName =
    names.length > MAX_NAMES
      ? [`${constants.nameOf(`new Set(${literal(names)})`)}.has(${VALUE})`]
      : names.map((name) => `${VALUE}===${literal(name)}`);
  const isPattern = patterns.map((pattern) => matches(pattern, 'u', constants));
  return { where: 'true', unless: or([...isName, ...isPattern]) };
}
