import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import fc from 'fast-check';
import type { PlacedSchema } from '../proof/can-receive';
import { randomSchema } from './test-random-schemas';

/** One random change of a schema: where, which, and with what. */
export interface Mutation {
  readonly steps: readonly number[];
  readonly change: (schema: JsonSchema) => JsonSchema;
}

const onObject = (change: (schema: JsonSchemaObject) => JsonSchema) => (schema: JsonSchema) =>
  typeof schema === 'boolean' ? schema : change(schema);

const BOUNDS: readonly string[] = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'];

const withBounds = (by: number) =>
  onObject((schema) =>
    Object.fromEntries(
      Object.entries(schema).map(([keyword, value]: [string, unknown]) => [
        keyword,
        BOUNDS.includes(keyword) && typeof value === 'number' ? Math.max(0, value + by) : value,
      ]),
    ),
  );

const plainChanges: readonly Mutation['change'][] = [
  withBounds(1),
  withBounds(-1),
  onObject(({ required: _, ...rest }) => rest),
  onObject((schema) => ({ ...schema, required: Object.keys(schema.properties ?? {}) })),
  onObject((schema) => ({ ...schema, additionalProperties: false })),
  onObject(({ additionalProperties: _, ...rest }) => rest),
  onObject((schema) => ({ ...schema, additionalProperties: true })),
  onObject((schema) => (schema.enum ? { ...schema, enum: [...schema.enum, 'new'] } : schema)),
  onObject((schema) =>
    schema.enum && schema.enum.length > 1 ? { ...schema, enum: schema.enum.slice(1) } : schema,
  ),
  onObject((schema) => ({ ...schema, description: 'Changed.' })),
  onObject(({ pattern: _, ...rest }) => rest),
  onObject(({ anyOf, ...rest }) =>
    anyOf && anyOf.length > 1
      ? { ...rest, anyOf: anyOf.toReversed().slice(1) }
      : { ...rest, ...(anyOf && { anyOf }) },
  ),
  (schema) => ({ allOf: [schema] }),
  (schema) => ({ anyOf: [schema, { type: 'null' }] }),
  (schema) => ({ oneOf: [schema, { const: 'other' }] }),
];

const change: fc.Arbitrary<Mutation['change']> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...plainChanges) },
  { weight: 1, arbitrary: randomSchema(1).map((fresh) => () => fresh) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('a', 'b', 'c'), randomSchema(1))
      .map(([name, fresh]) =>
        onObject((schema) =>
          schema.properties ? { ...schema, properties: { ...schema.properties, [name]: fresh } } : schema,
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: randomSchema(1).map((fresh) => (schema: JsonSchema) => ({ anyOf: [schema, fresh] })),
  },
  {
    weight: 1,
    arbitrary: randomSchema(1).map((fresh) => (schema: JsonSchema) => ({ allOf: [schema, fresh] })),
  },
);

/** A random change. */
export const randomMutation: fc.Arbitrary<Mutation> = fc.record({
  steps: fc.array(fc.nat(5), { maxLength: 3 }),
  change,
});

/** `schema` with `mutation` made, as far down as its steps lead. */
function mutate(schema: JsonSchema, { steps, change: make }: Mutation): JsonSchema {
  const [step, ...rest] = steps;
  if (step === undefined || typeof schema === 'boolean') return make(schema);
  const below = (one: JsonSchema) => mutate(one, { steps: rest, change: make });
  for (const keyword of ['properties', 'anyOf', 'allOf', 'oneOf', 'prefixItems'] as const) {
    const children: object | undefined = schema[keyword];
    const names = Object.keys(children ?? {});
    const chosen = names[step % (names.length || 1)];
    if (!children || chosen === undefined) continue;
    const changed = Object.entries(children).map(([name, one]) => [name, name === chosen ? below(one) : one]);
    const values = changed.map(([, one]) => one);
    return { ...schema, [keyword]: Array.isArray(children) ? values : Object.fromEntries(changed) };
  }
  return schema.items === undefined ? make(schema) : { ...schema, items: below(schema.items) };
}

/** `placed` with one more change, in the schema or in what it refers to. */
export function mutatePlaced({ schema, defs }: PlacedSchema, mutation: Mutation): PlacedSchema {
  const [first] = mutation.steps;
  if (first !== 5) return { schema: mutate(schema, mutation), defs };
  const changed = Object.entries(defs).map(([name, one]) => {
    const next = mutate(one, { ...mutation, steps: mutation.steps.slice(1) });
    return [name, typeof next === 'boolean' ? one : next];
  });
  return { schema, defs: Object.fromEntries(changed) };
}
