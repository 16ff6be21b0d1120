import type { JsonSchemaObject } from '@wirepact/contract/tools';

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
  minLength: ['strings of only # characters', 'empty strings'],
  maxLength: ['strings of up to # characters', 'strings of any length'],
  minimum: ['numbers down to #', 'numbers of any size'],
  exclusiveMinimum: ['numbers just above #', 'numbers of any size'],
  maximum: ['numbers up to #', 'numbers of any size'],
  exclusiveMaximum: ['numbers just below #', 'numbers of any size'],
  minItems: ['arrays of only # items', 'empty arrays'],
  maxItems: ['arrays of up to # items', 'arrays of any length'],
  minProperties: ['objects of only # properties', 'objects without properties'],
  maxProperties: ['objects of up to # properties', 'objects of any number of properties'],
};

/** The values at the end that `bound` sets: `strings of up to 100 characters`. */
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
