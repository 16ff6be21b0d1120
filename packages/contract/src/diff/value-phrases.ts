import type { JsonSchemaObject } from '../json-schema';

/** Keywords that bound values from one side. */
export const BOUNDS = [
  'minLength',
  'maxLength',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

/** A keyword that bounds values from one side. */
export type Bound = (typeof BOUNDS)[number];

const UNITS: Readonly<Record<Bound, readonly [bounded: string, unbounded: string]>> = {
  minLength: ['texts of only # characters', 'empty texts'],
  maxLength: ['texts of up to # characters', 'texts of any length'],
  minimum: ['numbers down to #', 'numbers however small'],
  exclusiveMinimum: ['numbers just above #', 'numbers however small'],
  maximum: ['numbers up to #', 'numbers however large'],
  exclusiveMaximum: ['numbers just below #', 'numbers however large'],
  minItems: ['lists of only # items', 'empty lists'],
  maxItems: ['lists of up to # items', 'lists of any length'],
  minProperties: ['objects of only # properties', 'objects without properties'],
  maxProperties: ['objects of up to # properties', 'objects of any number of properties'],
};

/** The values at the end that `bound` sets: `texts of up to 100 characters`. */
export function boundPhrase(bound: Bound, schema: JsonSchemaObject): string {
  const [bounded, unbounded] = UNITS[bound];
  const value = schema[bound];
  return value === undefined ? unbounded : bounded.replace('#', String(value));
}

/** A value as it is shown: as JSON, cut short where it is long. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** `maxLength 100 -> 50`. */
export const shownChange = (what: string, before: unknown, after: unknown) =>
  `${what} ${shown(before)} -> ${shown(after)}`;
