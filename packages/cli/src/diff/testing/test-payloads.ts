import type { JsonSchemaObject, JsonType } from '@wirepact/contract';
import { nameIn } from '@wirepact/contract/tools';
import fc from 'fast-check';
import type { PlacedSchema } from '../proof/can-receive';
import { isSent } from './test-is-sent';

const FORMAT_SAMPLES: Readonly<Record<string, string>> = {
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  date: '2020-02-29',
  email: 'a@example.org',
};

const ANYTHING: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2.5,
  10,
  '',
  'a',
  'abc',
  [],
  ['a'],
  {},
  { a: 1 },
  { z: 'a' },
];

const NAMES = ['z', 'x-a', 'x-1', 'a', 'b', ''];

const around = (...bounds: readonly (number | undefined)[]) =>
  bounds.flatMap((bound) => (bound === undefined ? [] : [bound - 1, bound, bound + 1]));

function texts(schema: JsonSchemaObject): fc.Arbitrary<unknown> {
  const lengths = [0, 1, 2, ...around(schema.minLength, schema.maxLength)].filter(
    (one) => one >= 0 && one < 300,
  );
  const sample = schema.format === undefined ? undefined : FORMAT_SAMPLES[schema.format];
  return fc.constantFrom('b1', 'x-1', ...lengths.map((one) => 'a'.repeat(one)), ...(sample ? [sample] : []));
}

function numbers(schema: JsonSchemaObject): fc.Arbitrary<unknown> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf = 1 } = schema;
  const near = [0, ...around(minimum, maximum, exclusiveMinimum, exclusiveMaximum)];
  return fc.constantFrom(
    ...near,
    ...near.map((one) => one + 0.5),
    multipleOf,
    2 * multipleOf,
    3 * multipleOf,
    12,
  );
}

/** Objects joined property by property; of other values, the last one. */
function merged(values: readonly unknown[]): unknown {
  return values.reduce((left, right) =>
    isObject(left) && isObject(right) ? mergedObjects(left, right) : right,
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mergedObjects = (
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
) => ({
  ...left,
  ...Object.fromEntries(
    Object.entries(right).map(([name, value]) => [name, name in left ? merged([left[name], value]) : value]),
  ),
});

/** Generates candidates: near what the schema says, not always right. */
class Candidates {
  constructor(private readonly defs: PlacedSchema['defs']) {}

  of(schema: PlacedSchema['schema'], depth: number): fc.Arbitrary<unknown> {
    if (typeof schema === 'boolean' || depth === 0) return fc.constantFrom(...ANYTHING);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const parts = this.parts(schema, depth);
    const own = this.ownValues(schema, depth);
    if (parts.length === 0) return own ?? fc.constantFrom(...ANYTHING);
    return fc
      .tuple(fc.shuffledSubarray(parts, { minLength: 1 }), fc.boolean())
      .chain(([some, all]) => fc.tuple(...(own ? [own] : []), ...(all ? parts : some)))
      .map(merged);
  }

  private parts({ $ref, allOf, anyOf, oneOf, ...schema }: JsonSchemaObject, depth: number) {
    const target = $ref === undefined ? undefined : this.defs[nameIn($ref)];
    const conditional = [
      schema.if,
      schema.then,
      schema.else,
      ...Object.values(schema.dependentSchemas ?? {}),
    ];
    const all = [target, ...(allOf ?? []), ...(anyOf ?? []), ...(oneOf ?? []), ...conditional];
    return all.filter((part) => part !== undefined).map((part) => this.of(part, depth - 1));
  }

  private ownValues(schema: JsonSchemaObject, depth: number): fc.Arbitrary<unknown> | undefined {
    const types = this.typesOf(schema);
    if (types.length === 0) return undefined;
    return fc.oneof(...types.map((type) => this.ofType(type, schema, depth)));
  }

  private typesOf(schema: JsonSchemaObject): readonly JsonType[] {
    if (schema.type !== undefined) return [schema.type].flat();
    if (schema.properties || schema.required || schema.patternProperties) return ['object'];
    if (schema.items !== undefined || schema.prefixItems) return ['array'];
    if (schema.maxLength !== undefined || schema.minLength !== undefined) return ['string'];
    return schema.minimum !== undefined || schema.maximum !== undefined ? ['number'] : [];
  }

  private ofType(type: JsonType, schema: JsonSchemaObject, depth: number): fc.Arbitrary<unknown> {
    if (type === 'null') return fc.constant(null);
    if (type === 'boolean') return fc.boolean();
    if (type === 'string') return texts(schema);
    if (type === 'array') return this.arrays(schema, depth);
    return type === 'object' ? this.objects(schema, depth) : numbers(schema);
  }

  private arrays(schema: JsonSchemaObject, depth: number): fc.Arbitrary<unknown> {
    const lengths = [0, 1, 2, 3, ...around(schema.minItems, schema.maxItems)].filter(
      (one) => one >= 0 && one < 8,
    );
    const item = (index: number) =>
      this.of(schema.prefixItems?.[index] ?? schema.items ?? schema.contains ?? true, depth - 1);
    return fc
      .constantFrom(...lengths)
      .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => item(index))));
  }

  private objects(schema: JsonSchemaObject, depth: number): fc.Arbitrary<unknown> {
    const { properties = {}, patternProperties = {}, additionalProperties, required = [] } = schema;
    const others = [
      ...Object.values(patternProperties),
      ...(additionalProperties === undefined ? [] : [additionalProperties]),
    ];
    const mayHaveOthers = others.length > 0 || Object.keys(properties).length === 0;
    const named = Object.entries(properties).map(([name, value]) =>
      fc.tuple(
        fc.constant(name),
        this.of(value, depth - 1),
        fc.integer({ min: 0, max: required.includes(name) ? 9 : 2 }),
      ),
    );
    const more = others.map((other) =>
      fc.tuple(fc.constantFrom(...NAMES), this.of(other, depth - 1), fc.nat(2)),
    );
    const other = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...ANYTHING), fc.nat(1));
    const any = mayHaveOthers ? [other, other] : [];
    return fc
      .tuple(...named, ...more, ...any)
      .map((entries) =>
        Object.fromEntries(
          entries.filter(([, , present]) => present > 0).map(([name, value]) => [name, value]),
        ),
      );
  }
}

/** Payloads that a sender keeping to `sender` may send, near the bounds its schema sets; the same ones for the same seed. */
export function samplePayloads(sender: PlacedSchema, count: number, seed: number): readonly unknown[] {
  const candidates = fc.sample(new Candidates(sender.defs).of(sender.schema, 5), { numRuns: count, seed });
  return candidates.filter((value) => isSent(sender, value));
}
