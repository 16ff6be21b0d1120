import { isObject } from '../is-object';
import type { JsonType } from '../json-schema';
import { FORMATS } from './formats';
import type { Assertion, Group, LimitKeyword, NameFilter } from './shape';

type Test<Value> = (value: Value) => boolean;

const IS_OF_TYPE: Readonly<Record<JsonType, Test<unknown>>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: Number.isFinite,
  object: isObject,
  string: (value) => typeof value === 'string',
};

/** Test that a value is of one of the types. */
export const isOfTypes = (types: readonly JsonType[]): Test<unknown> => {
  const [only, ...others] = types.map((type) => IS_OF_TYPE[type]);
  if (only && others.length === 0) return only;
  return (value) => types.some((type) => IS_OF_TYPE[type](value));
};

/** Test that a value is of a group. */
export const isOfGroup = (group: Group): Test<unknown> => IS_OF_TYPE[group];

/** The own property of an object; `undefined` where there is none. */
export const ownValue = (object: object, name: string): unknown =>
  Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;

/** Names of the properties that are there: one that is `undefined` is not, as JSON leaves it out. */
export const namesOf = (object: object): string[] =>
  Object.keys(object).filter((name) => Reflect.get(object, name) !== undefined);

const countCharacters = (text: string) => [...text].length;

const hasAtMost = (text: string, max: number) =>
  text.length <= max || (text.length <= 2 * max && countCharacters(text) <= max);
const hasAtLeast = (text: string, min: number) =>
  text.length >= 2 * min || (text.length >= min && countCharacters(text) >= min);

/** A number as its decimal digits and the power of ten behind them. */
function toDecimal(number: number): [digits: bigint, power: number] {
  const [digits = '', exponent = '0'] = number.toExponential().split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}

/** 4.35 is a multiple of 0.01, as people count. */
function isMultiple(number: number, divisor: number): boolean {
  if (Number.isSafeInteger(number) && Number.isSafeInteger(divisor)) return number % divisor === 0;
  const [dividend, power] = toDecimal(number);
  const [other, otherPower] = toDecimal(divisor);
  const least = Math.min(power, otherPower);
  return (dividend * 10n ** BigInt(power - least)) % (other * 10n ** BigInt(otherPower - least)) === 0n;
}

/** Equal values have equal texts, however their properties are ordered. */
function toCanonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  if (Array.isArray(value)) return `[${value.map(toCanonical)}]`;
  const properties = namesOf(value).sort();
  return `{${properties.map((name) => JSON.stringify(name) + toCanonical(Reflect.get(value, name)))}}`;
}

/** True where a value equals a JSON value, member by member. */
function equals(value: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return value === expected;
  return typeof value === 'object' && value !== null && toCanonical(value) === toCanonical(expected);
}

/** A minute of 61 seconds ends a day of UTC. */
function isLeapMinute([, hour, minute, , sign, hours, minutes]: readonly string[]): boolean {
  const offset = sign ? Number(`${sign}1`) * (60 * Number(hours) + Number(minutes)) : 0;
  return (60 * Number(hour) + Number(minute) - offset + 1) % 1440 === 0;
}

function isOfFormat(name: string): Test<string> {
  const { source, flags, isTime } = FORMATS.get(name) ?? { source: '', flags: '' };
  const pattern = new RegExp(source, flags);
  if (!isTime) return (text) => pattern.test(text);
  return (text) => {
    const parts = pattern.exec(text);
    return parts !== null && (Number(parts[3]) < 60 || isLeapMinute(parts));
  };
}

/** How each keyword compares: a value of the group that it is about, and its limit. */
const COMPARISONS: Readonly<Record<LimitKeyword, (value: never, limit: number) => boolean>> = {
  minLength: hasAtLeast,
  maxLength: hasAtMost,
  minItems: (items: readonly unknown[], limit) => items.length >= limit,
  maxItems: (items: readonly unknown[], limit) => items.length <= limit,
  minProperties: (object: object, limit) => namesOf(object).length >= limit,
  maxProperties: (object: object, limit) => namesOf(object).length <= limit,
  minimum: (number: number, limit) => number >= limit,
  maximum: (number: number, limit) => number <= limit,
  exclusiveMinimum: (number: number, limit) => number > limit,
  exclusiveMaximum: (number: number, limit) => number < limit,
  multipleOf: isMultiple,
};

/** Test that a value is as an assertion says. It is asked for values of the group only that the assertion is about. */
export function testOf(assertion: Assertion): Test<never> {
  switch (assertion.is) {
    case 'uniqueItems':
      return (items: readonly unknown[]) => new Set(items.map(toCanonical)).size === items.length;
    case 'pattern': {
      const pattern = new RegExp(assertion.pattern, 'u');
      return (text: string) => pattern.test(text);
    }
    case 'format':
      return isOfFormat(assertion.format);
    case 'choice':
      return (value: unknown) => assertion.values.some((one) => equals(value, one));
    case 'dependency': {
      const { name, other } = assertion;
      return (object: object) =>
        ownValue(object, name) === undefined || ownValue(object, other) !== undefined;
    }
    default: {
      const { is, limit } = assertion;
      return (value: never) => COMPARISONS[is](value, limit);
    }
  }
}

/** Test that a rule is about a property of this name. */
export function isMeant(filter: NameFilter): Test<string> {
  if ('matching' in filter) {
    const pattern = new RegExp(filter.matching, 'u');
    return (name) => pattern.test(name);
  }
  const names = new Set(filter.except.names);
  const patterns = filter.except.patterns.map((pattern) => new RegExp(pattern, 'u'));
  return (name) => !names.has(name) && !patterns.some((pattern) => pattern.test(name));
}
