import { type JsonSchema, mapSubschemas, nameIn } from '@wirepact/contract/tools';

function listReferences(schema: JsonSchema): string[] {
  if (typeof schema === 'boolean') return [];
  const found = schema.$ref === undefined ? [] : [nameIn(schema.$ref)];
  mapSubschemas(schema, '', (inside) => {
    found.push(...listReferences(inside));
    return inside;
  });
  return found;
}

/** Names of the types that a schema refers to, each once, in its order. */
export const referencesOf = (schema: JsonSchema): string[] => [...new Set(listReferences(schema))];
