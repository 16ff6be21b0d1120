import { type JsonSchema, mapSubschemas, nameIn } from '@wirepact/contract/tools';

/** A schema as AsyncAPI has it: JSON Schema draft 07. */
export type Draft07Schema = boolean | Readonly<Record<string, unknown>>;

/** The same keywords in draft 07. Counts of `contains` did not exist: less is checked there. */
function toOlderKeywords(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const {
    prefixItems,
    items,
    dependentRequired,
    dependentSchemas,
    minContains,
    maxContains,
    contains,
    ...same
  } = schema;
  const dependencies = { ...Object(dependentRequired), ...Object(dependentSchemas) };
  return {
    ...same,
    ...(prefixItems !== undefined && { items: prefixItems }),
    ...(prefixItems !== undefined && items !== undefined && { additionalItems: items }),
    ...(prefixItems === undefined && items !== undefined && { items }),
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
    ...(contains !== undefined && minContains !== 0 && { contains }),
  };
}

/** Draft 07 ignores whatever stands beside a `$ref`, so the reference becomes a part of its own. */
function toLoneReference(schema: Record<string, unknown>, reference: string): Record<string, unknown> {
  const { $ref: _, allOf, ...beside } = schema;
  if (allOf === undefined && Object.keys(beside).length === 0) return { $ref: reference };
  return { ...beside, allOf: [{ $ref: reference }, ...(Array.isArray(allOf) ? allOf : [])] };
}

/**
 * A schema of a contract in draft 07, which is what AsyncAPI's own schemas are; its references go where `toReference`
 * says for the name of a type.
 */
export function toDraft07(schema: JsonSchema, toReference: (name: string) => string): Draft07Schema {
  if (typeof schema === 'boolean') return schema;
  const inside = mapSubschemas(schema, '', (subschema) => toDraft07(subschema, toReference));
  const older = toOlderKeywords({ ...inside });
  const { $ref } = schema;
  return $ref === undefined ? older : toLoneReference(older, toReference(nameIn($ref)));
}
