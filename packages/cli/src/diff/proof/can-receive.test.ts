import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAccepted, isSent } from '../testing/test-is-sent';
import { isSound } from '../testing/test-is-sound';
import { mutatePlaced, randomMutation } from '../testing/test-mutations';
import { samplePayloads } from '../testing/test-payloads';
import { randomPlacedSchema } from '../testing/test-random-schemas';
import { canReceive, type PlacedSchema } from './can-receive';

const PAIRS = Number(process.env.WIREPACT_PAIRS ?? 500);
const SEED = Number(process.env.WIREPACT_SEED ?? 1);

const firstRefused = (receiver: PlacedSchema, sender: PlacedSchema, seed: number) =>
  samplePayloads(sender, 40, seed).find((payload) => !isAccepted(receiver, payload));

/** Runs `property` over random pairs: two unrelated schemas, or one and what became of it. */
const overPairs = (
  other: fc.Arbitrary<(before: PlacedSchema) => PlacedSchema>,
  property: (before: PlacedSchema, after: PlacedSchema, seed: number) => void,
) =>
  fc.assert(
    fc.property(randomPlacedSchema, other, fc.nat(), (before, change, seed) => {
      const after = change(before);
      fc.pre(isSound(after));
      property(before, after, seed);
    }),
    { numRuns: PAIRS, seed: SEED },
  );

const mutated = fc
  .array(randomMutation, { minLength: 1, maxLength: 3 })
  .map((changes) => (before: PlacedSchema) => changes.reduce(mutatePlaced, before));
const unrelated = randomPlacedSchema.map((after) => () => after);

describe('what is proved to be accepted', () => {
  it.each([
    ['a schema and what became of it', mutated],
    ['two unrelated schemas', unrelated],
  ])('is accepted by the validator: %s', (_, other) => {
    let proved = 0;
    overPairs(other, (before, after, seed) => {
      if (!canReceive(after, before)) return;
      proved += 1;
      expect(firstRefused(after, before, seed)).toBeUndefined();
    });
    expect(proved).toBeGreaterThan(PAIRS / 50);
  });

  it('is most of what no payload was refused of', () => {
    let [proved, open] = [0, 0];
    overPairs(mutated, (before, after, seed) => {
      if (canReceive(after, before)) proved += 1;
      else if (firstRefused(after, before, seed) === undefined) open += 1;
    });
    expect(open).toBeLessThan((proved + open) / 4);
  });

  it('is every schema by itself, written another way', () => {
    fc.assert(
      fc.property(randomPlacedSchema, (one) => {
        const wrapped = { schema: { allOf: [one.schema] }, defs: one.defs };
        expect(canReceive(wrapped, one)).toBe(true);
      }),
      { numRuns: PAIRS, seed: SEED },
    );
  });
});

const accepts = (receiver: JsonSchema, sender: JsonSchema, defs: PlacedSchema['defs'] = {}) =>
  canReceive({ schema: receiver, defs }, { schema: sender, defs });

const own = (json: string): JsonSchemaObject => JSON.parse(json);

describe('properties named like those every object inherits', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is a property like any other',
    (name) => {
      const any: JsonSchemaObject = { type: 'object', properties: { a: {} } };
      const named = own(`{"type":"object","properties":{"a":{},"${name}":{"type":"string"}}}`);
      const number = own(`{"type":"object","properties":{"a":{},"${name}":{"type":"number"}}}`);
      expect(accepts(named, any)).toBe(true);
      expect(accepts(named, number)).toBe(false);
      expect(accepts({ ...any, required: [name] }, { ...any })).toBe(false);
    },
  );
});

describe('recursive types', () => {
  const node = (value: JsonSchema, name: string): JsonSchemaObject => ({
    type: 'object',
    required: ['value'],
    properties: { value, next: { $ref: `#/$defs/${name}` } },
  });
  const defs = { Whole: node({ type: 'integer' }, 'Whole'), Any: node({ type: 'number' }, 'Any') };

  it('are compared all the way down, and come to an end', () => {
    expect(accepts({ $ref: '#/$defs/Any' }, { $ref: '#/$defs/Whole' }, defs)).toBe(true);
    expect(accepts({ $ref: '#/$defs/Whole' }, { $ref: '#/$defs/Any' }, defs)).toBe(false);
  });
});

it('knows that a value may match several alternatives at once, and have the properties of all', () => {
  const text: JsonSchema = { type: 'string' };
  const number: JsonSchema = { type: 'number' };
  const object = (properties: JsonSchemaObject['properties'] & object, required: string): JsonSchema => ({
    type: 'object',
    properties,
    required: [required],
  });
  const sender = { anyOf: [object({ a: text }, 'a'), object({ b: text }, 'b')] };
  const receiver = { anyOf: [object({ a: text, b: number }, 'a'), object({ b: text, a: number }, 'b')] };
  const both = { a: 'x', b: 'y' };
  expect(isSent({ schema: sender, defs: {} }, both)).toBe(true);
  expect(isAccepted({ schema: receiver, defs: {} }, both)).toBe(false);
  expect(accepts(receiver, sender)).toBe(false);
});
