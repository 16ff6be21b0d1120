import type { JsonSchemaObject, JsonType } from '@wirepact/contract/tools';

const OBJECT_KEYWORDS = ['properties', 'required', 'additionalProperties', 'patternProperties'] as const;
const ARRAY_KEYWORDS = ['items', 'prefixItems'] as const;

/**
 * The JSON types that a schema is about; `undefined` for any. One without `type` is about objects, or arrays, where
 * it says what they have inside: such schemas narrow another one, which names the type.
 */
export function typesOf(schema: JsonSchemaObject): readonly JsonType[] | undefined {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (type !== undefined) return type;
  if (OBJECT_KEYWORDS.some((keyword) => schema[keyword] !== undefined)) return ['object'];
  return ARRAY_KEYWORDS.some((keyword) => schema[keyword] !== undefined) ? ['array'] : undefined;
}

function isOfType(value: unknown, type: JsonType): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

/** The values a schema lists with `const` or `enum`, without those of another `type`; `undefined` where it lists none. */
export function valuesOf(schema: JsonSchemaObject): readonly unknown[] | undefined {
  const listed = schema.const === undefined ? schema.enum : [schema.const];
  const types = typesOf(schema);
  return listed?.filter((value) => types === undefined || types.some((type) => isOfType(value, type)));
}

/** True for a schema that anything matches, as far as its type goes: `true` and `{}`. */
export const isAnything = (schema: JsonSchemaObject | boolean | undefined): boolean =>
  schema === true || (typeof schema === 'object' && Object.keys(schema).length === 0);
