import { toPointerToken } from './issues';
import type { JsonSchema, JsonSchemaObject } from './json-schema';
import { nameIn } from './reference';

/** What to say of a field whose schema says no more than that it is deprecated. */
const NO_ADVICE = 'it may go with the next major version.';

/** Reads the deprecated fields out of one schema. */
class DeprecationReader {
  readonly found: Record<string, string> = {};

  constructor(private readonly definitions: Readonly<Record<string, JsonSchema>>) {}

  /** `followed` are the references on the way here: a schema inside itself is read once. */
  read(schema: JsonSchema, path: string, followed: readonly string[] = []): void {
    if (typeof schema === 'boolean') return;
    if (schema.deprecated && path !== '') this.found[path] = schema.description ?? NO_ADVICE;
    for (const [token, inner] of partsOf(schema)) this.read(inner, `${path}${token}`, followed);
    const { $ref } = schema;
    const target = $ref && this.definitions[nameIn($ref)];
    if ($ref && target && !followed.includes($ref)) this.read(target, path, [...followed, $ref]);
  }
}

/** The schemas that say something of a value or of what is in it, each with its step in the path. */
function partsOf(schema: JsonSchemaObject): [step: string, schema: JsonSchema][] {
  const { allOf = [], anyOf = [], oneOf = [], properties = {}, prefixItems = [] } = schema;
  const { items, additionalProperties } = schema;
  return [
    ...[...allOf, ...anyOf, ...oneOf].map((part): [string, JsonSchema] => ['', part]),
    ...Object.entries(properties).map(([name, part]): [string, JsonSchema] => [
      `/${toPointerToken(name)}`,
      part,
    ]),
    ...prefixItems.map((part, index): [string, JsonSchema] => [`/${index}`, part]),
    ...[items, additionalProperties].flatMap((part): [string, JsonSchema][] =>
      part === undefined ? [] : [['/*', part]],
    ),
  ];
}

/** Deprecated fields of a schema with what to do instead, by JSON Pointer; `*` stands for every item or name. */
export function listDeprecatedFields(schema: JsonSchema): Readonly<Record<string, string>> | undefined {
  const reader = new DeprecationReader(typeof schema === 'boolean' ? {} : (schema.$defs ?? {}));
  reader.read(schema, '');
  return Object.keys(reader.found).length > 0 ? reader.found : undefined;
}
