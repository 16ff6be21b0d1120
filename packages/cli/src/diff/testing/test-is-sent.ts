import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import { Check } from 'typebox/schema';
import type { PlacedSchema } from '../proof/can-receive';
import { composedOf } from '../proof/facts';

/** JSON Schema with the keyword that says "no properties but those that something has looked at". */
type ClosedSchema = JsonSchema | (JsonSchemaObject & { readonly unevaluatedProperties: false });

const mapValues = (values: Readonly<Record<string, JsonSchema>>, change: (one: JsonSchema) => JsonSchema) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

const withoutCondition = ({ if: _, then: __, else: ___, ...rest }: JsonSchemaObject): JsonSchemaObject =>
  rest;

/** A schema whose failure leaves no trace: TypeBox remembers the properties that a failing `not` or `if` has looked at. */
const apart = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema] });

const eitherWay = (condition: JsonSchema, consequent: JsonSchema, alternative: JsonSchema): JsonSchema => ({
  anyOf: [{ allOf: [condition, consequent] }, { allOf: [{ not: apart(condition) }, alternative] }],
});

/** Writes into a schema that objects have only the properties it names: the judge of what may be sent. */
class Closing {
  constructor(private readonly defs: PlacedSchema['defs']) {}

  /** The schema of a place in the value: nothing else is composed with it. */
  readonly place = (schema: JsonSchema): ClosedSchema => {
    const parts = composedOf({ schema, scope: { defs: this.defs, sends: true } });
    const named = parts.some((part) => part.schema.properties !== undefined);
    return named ? { allOf: [this.part(schema)], unevaluatedProperties: false } : this.part(schema);
  };

  /** A schema that may be composed with others for the same place. */
  readonly part = (schema: JsonSchema): JsonSchema => {
    if (typeof schema === 'boolean') return schema;
    const { $ref, properties, patternProperties, additionalProperties, items, prefixItems } = schema;
    const { allOf = [], anyOf, oneOf, if: condition, then = true, else: alternative = true } = schema;
    const { dependentSchemas, not, ...rest } = withoutCondition(schema);
    const either =
      condition === undefined ? [] : [eitherWay(condition, this.part(then), this.part(alternative))];
    return {
      ...rest,
      ...($ref === undefined ? {} : { $ref: $ref.replace('#/$defs/', '#/$defs/sent-') }),
      ...(properties && { properties: mapValues(properties, this.place) }),
      ...(patternProperties && { patternProperties: mapValues(patternProperties, this.place) }),
      ...(additionalProperties !== undefined && { additionalProperties: this.place(additionalProperties) }),
      ...(items !== undefined && { items: this.place(items) }),
      ...(prefixItems && { prefixItems: prefixItems.map(this.place) }),
      allOf: [...allOf.map(this.part), ...either],
      ...(not !== undefined && { not: apart(not) }),
      ...(anyOf && { anyOf: anyOf.map(this.part) }),
      ...(oneOf && { oneOf: oneOf.map(this.part) }),
      ...(dependentSchemas && { dependentSchemas: mapValues(dependentSchemas, this.part) }),
    };
  };
}

/** True where a sender that keeps to `sender` may send `value`. It is decided by TypeBox, not by our own proofs. */
export function isSent({ schema, defs }: PlacedSchema, value: unknown): boolean {
  const closing = new Closing(defs);
  const sent = Object.entries(defs).map(([name, definition]) => [`sent-${name}`, closing.part(definition)]);
  const root = { $defs: { ...defs, ...Object.fromEntries(sent) }, allOf: [closing.place(schema)] };
  return isAccepted({ schema, defs }, value) && Check(root, value);
}

/** True where a receiver that checks against `receiver` accepts `value`. */
export const isAccepted = ({ schema, defs }: PlacedSchema, value: unknown): boolean =>
  Check({ $defs: defs, allOf: [schema] }, value);
