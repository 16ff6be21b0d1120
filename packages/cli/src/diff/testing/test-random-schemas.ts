import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import fc from 'fast-check';
import type { PlacedSchema } from '../proof/can-receive';

const NAMES = ['a', 'b', 'kind'];
const small = fc.nat(4);

const optional = <Value>(name: string, value: fc.Arbitrary<Value>) =>
  fc.option(value, { nil: undefined, freq: 2 }).map((one) => (one === undefined ? {} : { [name]: one }));

const keywords = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<JsonSchemaObject> =>
  fc.tuple(...parts).map((some) => Object.assign({}, ...some));

const text = keywords(
  fc.constant({ type: 'string' }),
  optional('minLength', small),
  optional('maxLength', fc.integer({ min: 2, max: 6 })),
  optional('pattern', fc.constantFrom('^a', '^x-')),
);
const number = keywords(
  fc.record({ type: fc.constantFrom('number', 'integer') }),
  optional('minimum', small),
  optional('maximum', fc.integer({ min: 2, max: 6 })),
  optional('exclusiveMinimum', small),
  optional('multipleOf', fc.constantFrom(1, 2, 4, 0.5)),
);
const values = fc
  .subarray([null, true, 'a', 'b', 'abc', 1, 2, 2.5], { minLength: 1 })
  .map((some): JsonSchemaObject => (some.length === 1 ? { const: some[0] } : { enum: some }));
const leaf = fc.oneof(
  text,
  number,
  values,
  fc.constantFrom<JsonSchema>({ type: 'boolean' }, { type: 'null' }, { type: ['string', 'null'] }, {}, true),
  fc.constantFrom<JsonSchema>({ $ref: '#/$defs/Node' }, { $ref: '#/$defs/Pair' }, { type: 'object' }),
);

function objects(child: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchemaObject> {
  return keywords(
    fc.constant({ type: 'object' }),
    fc
      .dictionary(fc.constantFrom(...NAMES), child, { maxKeys: 3 })
      .map((properties) => ({ properties: { ...properties } })),
    fc.subarray(NAMES).map((required) => ({ required })),
    optional('additionalProperties', fc.oneof(fc.boolean(), child)),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: child.map((one) => ({ patternProperties: { '^x-': one } })) },
    ),
    fc.constantFrom(
      {},
      {},
      {},
      { minProperties: 1 },
      { maxProperties: 2 },
      { propertyNames: { maxLength: 2 } },
      { dependentRequired: { a: ['b'] } },
    ),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: child.map((one) => ({ dependentSchemas: { a: one } })) },
    ),
  );
}

function arrays(child: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchemaObject> {
  return keywords(
    fc.constant({ type: 'array' }),
    optional('items', child),
    optional('prefixItems', fc.array(child, { minLength: 1, maxLength: 2 })),
    optional('minItems', fc.nat(2)),
    optional('maxItems', fc.integer({ min: 1, max: 3 })),
    optional('uniqueItems', fc.constant(true)),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: child.map((contains) => ({ contains })) },
    ),
  );
}

function unions(child: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchemaObject> {
  const some = fc.array(child, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    some.map((anyOf) => ({ anyOf })),
    some.map((allOf) => ({ allOf })),
    some.map((oneOf) => ({ oneOf })),
    fc.tuple(child, child).map(([one, not]) => ({ allOf: [one, { not }] })),
    fc.tuple(child, child, child).map(([one, then, other]) => ({ if: one, then, else: other })),
  );
}

/** Schemas of every keyword a contract may use, at most `depth` inside each other. */
export function randomSchema(depth: number): fc.Arbitrary<JsonSchema> {
  if (depth === 0) return leaf;
  const child = randomSchema(depth - 1);
  return fc.oneof(leaf, objects(child), objects(child), arrays(child), unions(child));
}

const definitions = fc.record({
  Node: fc.record({ value: leaf, required: fc.subarray(['value', 'next']) }).map(
    ({ value, required }): JsonSchemaObject => ({
      type: 'object',
      properties: { value, next: { anyOf: [{ $ref: '#/$defs/Node' }, { type: 'null' }] } },
      required,
    }),
  ),
  Pair: objects(fc.oneof(text, number, values)),
});

/** A schema with the `$defs` it refers to. */
export const randomPlacedSchema: fc.Arbitrary<PlacedSchema> = fc.record({
  schema: randomSchema(2),
  defs: definitions,
});
