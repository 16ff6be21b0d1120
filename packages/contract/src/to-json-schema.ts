import type { TSchema } from 'typebox';
import { isObject } from './is-object';
import { toPointerToken } from './issues';
import type { JsonSchema, JsonSchemaObject } from './json-schema';
import { isJsonType, isKeyword } from './keywords';
import type { SchemaDeclaration } from './payload-schema';
import { nameIn, toReference } from './reference';
import { mapKeyword } from './subschemas';

/** What TypeBox writes for every property name. It leaves out names with a line break; `additionalProperties` does not. */
const EVERY_NAME = '^.*$';

/** One walk over one TypeBox schema. */
class Conversion {
  readonly obstacles: string[] = [];
  /** Schemas that others refer to by name, as `Type.Cyclic` declares them. */
  readonly definitions: Record<string, JsonSchema> = {};

  convert(schema: unknown, path: string): JsonSchema {
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) return this.refuse(path, 'is no schema');
    if ('~refine' in schema)
      this.refuse(path, 'a refinement (`Type.Refine`) is code, which no JSON Schema holds');
    if ('~codec' in schema) this.refuse(path, 'a codec (`Type.Codec`) is code, which no JSON Schema holds');
    const converted: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(modernise(schema))) {
      const known = this.convertKeyword(keyword, value, `${path}/${toPointerToken(keyword)}`);
      if (known !== undefined) converted[keyword] = known;
    }
    return converted;
  }

  private convertKeyword(keyword: string, value: unknown, path: string): unknown {
    if (keyword === '$id') return undefined;
    if (keyword === '$ref') return toReference(nameIn(String(value)));
    if (keyword === '$defs') return this.define(value, path);
    if (!isKeyword(keyword)) return this.refuse(path, 'the keyword is none a contract may use');
    if (keyword === 'pattern') return value instanceof RegExp ? value.source : value;
    if (keyword === 'type' && ![value].flat().every((type) => isJsonType(type)))
      return this.refuse(path, `the type ${JSON.stringify(value)} is none of JSON’s`);
    return mapKeyword(keyword, value, path, (schema, place) => this.convert(schema, place));
  }

  private define(schemas: unknown, path: string): undefined {
    for (const [name, schema] of Object.entries(Object(schemas)))
      this.definitions[name] = this.convert(schema, `${path}/${name}`);
  }

  private refuse(path: string, reason: string): JsonSchema {
    this.obstacles.push(`${path || 'the schema'}: ${reason}`);
    return {};
  }
}

/** TypeBox writes tuples as older drafts did, and records by a pattern; this is what 2020-12 has for them. */
function modernise(schema: object): object {
  if ('items' in schema && Array.isArray(schema.items)) {
    const { items, ...rest } = schema;
    const additionalItems = 'additionalItems' in rest ? rest.additionalItems : true;
    const { additionalItems: _, ...others } = { additionalItems, ...rest };
    return { ...others, prefixItems: items, items: additionalItems };
  }
  if (!('patternProperties' in schema) || 'additionalProperties' in schema) return schema;
  const { patternProperties, ...rest } = schema;
  if (!isObject(patternProperties)) return schema;
  const [[pattern, values] = [], ...more] = Object.entries(patternProperties);
  return pattern === EVERY_NAME && more.length === 0 ? { ...rest, additionalProperties: values } : schema;
}

/**
 * A TypeBox schema as JSON Schema 2020-12. What schemas refer to by name lies in `$defs` of the result. Says, too,
 * what could not be written down: refinements, codecs, types that JSON does not have, keywords no contract may use.
 */
export function toJsonSchema(schema: TSchema): SchemaDeclaration {
  const conversion = new Conversion();
  const json = conversion.convert(schema, '');
  const { definitions, obstacles } = conversion;
  if (typeof json === 'boolean' || Object.keys(definitions).length === 0) return { json, obstacles };
  const withDefinitions: JsonSchemaObject = { ...json, $defs: definitions };
  return { json: withDefinitions, obstacles };
}
