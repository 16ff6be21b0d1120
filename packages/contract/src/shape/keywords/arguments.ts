import type { SchemaPlace } from '../schema-place';

/**
 * The number that `keyword` has.
 * @throws WirepactError `INVALID_CONTRACT` where it has something else.
 */
export function toNumber(place: SchemaPlace, keyword: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw place.refusal(keyword, `takes a number, not ${JSON.stringify(value)}.`);
}

/**
 * The count that `keyword` has.
 * @throws WirepactError `INVALID_CONTRACT` where it has something else.
 */
export function toCount(place: SchemaPlace, keyword: string, value: unknown): number {
  const count = toNumber(place, keyword, value);
  if (Number.isInteger(count) && count >= 0) return count;
  throw place.refusal(keyword, `takes a whole number that is not negative, not ${count}.`);
}

/**
 * The list that `keyword` has.
 * @throws WirepactError `INVALID_CONTRACT` where it has something else.
 */
export function toList(place: SchemaPlace, keyword: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw place.refusal(keyword, `takes a list, not ${JSON.stringify(value)}.`);
}

/**
 * The names that `keyword` has.
 * @throws WirepactError `INVALID_CONTRACT` where it has something else.
 */
export function toNames(place: SchemaPlace, keyword: string, value: unknown): readonly string[] {
  return toList(place, keyword, value).map((name) => {
    if (typeof name === 'string') return name;
    throw place.refusal(keyword, `takes property names, not ${JSON.stringify(name)}.`);
  });
}

/**
 * The entries of the object that `keyword` has.
 * @throws WirepactError `INVALID_CONTRACT` where it has something else.
 */
export function toEntries<Value>(
  place: SchemaPlace,
  keyword: string,
  value: Readonly<Record<string, Value>> | undefined,
): [string, Value][] {
  if (value === undefined) return [];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw place.refusal(keyword, `takes an object, not ${JSON.stringify(value)}.`);
}
