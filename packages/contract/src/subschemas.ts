import { toPointerToken } from './issues';
import type { JsonSchema, JsonSchemaObject } from './json-schema';
import { holdsOf } from './keywords';

type Visit = (schema: JsonSchema, path: string) => JsonSchema;

function mapValue(holds: 'schema' | 'list' | 'map', value: unknown, path: string, visit: Visit): unknown {
  // A value that is none of it is for `visit` to refuse.
  if (holds === 'list' && Array.isArray(value))
    return value.map((schema, index) => visit(schema, `${path}/${index}`));
  if (holds === 'map' && typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, schema]) => [name, visit(schema, `${path}/${toPointerToken(name)}`)]),
    );
  return visit(value as JsonSchema, path);
}

/** What `keyword` holds, with every schema of it passed through `visit`; `path` is the keyword's own. */
export function mapKeyword(keyword: string, value: unknown, path: string, visit: Visit): unknown {
  const holds = holdsOf(keyword);
  return holds === 'nothing' ? value : mapValue(holds, value, path, visit);
}

/** A schema with every schema directly in it passed through `visit`, which is told its JSON Pointer. */
export const mapSubschemas = (schema: JsonSchemaObject, path: string, visit: Visit): JsonSchemaObject =>
  Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      mapKeyword(keyword, value, `${path}/${keyword}`, visit),
    ]),
  );

/** A schema as an object: `true` is `{}`, `false` is what nothing matches. */
export const asObject = (schema: JsonSchema): JsonSchemaObject => {
  if (typeof schema !== 'boolean') return schema;
  return schema ? {} : { not: {} };
};
