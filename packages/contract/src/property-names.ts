import type { JsonSchema } from './json-schema';
import type { PayloadSchema } from './payload-schema';
import { nameIn } from './reference';

/** Adds the properties that a schema names of the value itself. `followed` are the references on the way here. */
function addNames(
  names: Set<string>,
  schema: JsonSchema,
  definitions: Readonly<Record<string, JsonSchema>>,
  followed: readonly string[] = [],
): void {
  if (typeof schema === 'boolean') return;
  const { allOf = [], anyOf = [], oneOf = [], $ref } = schema;
  for (const name of [...Object.keys(schema.properties ?? {}), ...(schema.required ?? [])]) names.add(name);
  for (const part of [...allOf, ...anyOf, ...oneOf]) addNames(names, part, definitions, followed);
  const target = $ref === undefined ? undefined : definitions[nameIn($ref)];
  if ($ref !== undefined && target && !followed.includes($ref))
    addNames(names, target, definitions, [...followed, $ref]);
}

/** Names of the properties that a schema has; `undefined` where it does not tell, as one of another library. */
export function listPropertyNames({ declaration }: PayloadSchema): ReadonlySet<string> | undefined {
  if (!declaration || declaration.obstacles.length > 0) return undefined;
  const { json } = declaration;
  const names = new Set<string>();
  addNames(names, json, typeof json === 'boolean' ? {} : (json.$defs ?? {}));
  return names;
}
