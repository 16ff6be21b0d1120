import { toPointerToken } from './issues';
import type { JsonSchema, JsonSchemaObject } from './json-schema';

/** Keywords whose value is one schema, a list of them, or schemas by name. */
const SHAPES: Readonly<Record<string, 'schema' | 'list' | 'map'>> = {
  additionalProperties: 'schema',
  allOf: 'list',
  anyOf: 'list',
  contains: 'schema',
  dependentSchemas: 'map',
  else: 'schema',
  if: 'schema',
  items: 'schema',
  not: 'schema',
  oneOf: 'list',
  patternProperties: 'map',
  prefixItems: 'list',
  properties: 'map',
  propertyNames: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: 'schema',
};

type Visit = (schema: JsonSchema, path: string) => JsonSchema;

function mapValue(shape: 'schema' | 'list' | 'map', value: unknown, path: string, visit: Visit): unknown {
  // What a keyword of this shape holds; a value that is none of it is for `visit` to refuse.
  if (shape === 'list' && Array.isArray(value))
    return value.map((schema, index) => visit(schema, `${path}/${index}`));
  if (shape === 'map' && typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, schema]) => [name, visit(schema, `${path}/${toPointerToken(name)}`)]),
    );
  return visit(value as JsonSchema, path);
}

/** True for a keyword that holds schemas. */
export const holdsSchemas = (keyword: string): boolean => Object.hasOwn(SHAPES, keyword);

/** What `keyword` holds, with every schema of it passed through `visit`; `path` is the keyword's own. */
export function mapKeyword(keyword: string, value: unknown, path: string, visit: Visit): unknown {
  const shape = SHAPES[keyword];
  return shape ? mapValue(shape, value, path, visit) : value;
}

/** A schema with every schema directly in it passed through `visit`, which is told its JSON Pointer. */
export const mapSubschemas = (schema: JsonSchemaObject, path: string, visit: Visit): JsonSchemaObject =>
  Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      mapKeyword(keyword, value, `${path}/${keyword}`, visit),
    ]),
  );
