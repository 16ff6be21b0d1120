import { isObject } from './is-object';
import { toPointerToken } from './issues';
import type { JsonSchema, JsonSchemaObject } from './json-schema';
import { nameIn, toReference } from './reference';
import type { SchemaPlace } from './shape/schema-place';
import type { Refinement } from './shape/shape';
import { mapKeyword } from './subschemas';

/** What TypeBox writes for every property name. It leaves out names with a line break; `additionalProperties` does not. */
const EVERY_NAME = '^.*$';

/** The key by which schemas of TypeBox before 1.0 are told. */
const OLD_KIND = Symbol.for('TypeBox.Kind');

/** True for a schema that TypeBox before 1.0 has made. */
export const isOldTypeBox = (schema: object): boolean => OLD_KIND in schema;

const isRefinement = (value: unknown): value is { check: (value: unknown) => unknown; error: unknown } =>
  isObject(value) && 'check' in value && typeof value.check === 'function';

/** The refinements that TypeBox keeps beside a schema. */
function refinementsOf(schema: object): readonly Refinement[] {
  if (!('~refine' in schema) || !Array.isArray(schema['~refine'])) return [];
  return schema['~refine'].filter(isRefinement).map(({ check, error }) => ({
    holds: (value) => check(value) === true,
    message: (value) =>
      typeof error === 'function' ? String(error(value)) : 'must be as the schema’s code says',
  }));
}

/** A schema of TypeBox as JSON Schema 2020-12, with what JSON cannot hold beside it. */
export interface ConvertedSchema {
  readonly json: JsonSchema;
  /** Schemas that others refer to by name, as `Type.Cyclic` declares them. */
  readonly $defs: Readonly<Record<string, JsonSchema>>;
  /** Code that values of some of the schemas must satisfy. */
  readonly refinements: ReadonlyMap<JsonSchema, readonly Refinement[]>;
  /** The code, each with its place: nothing can be emitted from a schema that has some. */
  readonly obstacles: readonly string[];
}

/** One walk over one TypeBox schema. */
class Conversion {
  readonly obstacles: string[] = [];
  readonly $defs: Record<string, JsonSchema> = {};
  readonly refinements = new Map<JsonSchema, readonly Refinement[]>();

  constructor(private readonly place: SchemaPlace) {}

  convert(schema: unknown, path: string): JsonSchema {
    // What is no schema is for the reader to refuse, who knows all that one may be.
    if (!isObject(schema)) return schema as JsonSchema;
    if (isOldTypeBox(schema))
      throw this.place.refuse(
        'it is a schema of @sinclair/typebox, which says what JSON Schema does not. Its successor is `typebox`: ' +
          "npm install typebox, then import * as Type from 'typebox'.",
      );
    const converted: JsonSchemaObject = Object.fromEntries(
      Object.entries(modernise(schema)).flatMap(([keyword, value]) => {
        const known = this.convertKeyword(keyword, value, `${path}/${toPointerToken(keyword)}`);
        return known === undefined ? [] : [[keyword, known]];
      }),
    );
    this.keepCode(schema, converted, path);
    return converted;
  }

  private convertKeyword(keyword: string, value: unknown, path: string): unknown {
    if (keyword === '$id') return undefined;
    if (keyword === '$ref') return toReference(nameIn(String(value)));
    if (keyword === '$defs') return this.define(value, path);
    if (keyword === 'pattern' && value instanceof RegExp) return value.source;
    return mapKeyword(keyword, value, path, (schema, inner) => this.convert(schema, inner));
  }

  private define(schemas: unknown, path: string): undefined {
    for (const [name, schema] of Object.entries(Object(schemas)))
      this.$defs[name] = this.convert(schema, `${path}/${name}`);
  }

  private keepCode(schema: object, converted: JsonSchema, path: string): void {
    const refinements = refinementsOf(schema);
    if (refinements.length > 0) this.refinements.set(converted, refinements);
    const code = [
      ...(refinements.length > 0 ? ['a refinement (`Type.Refine`)'] : []),
      ...('~codec' in schema ? ['a codec (`Type.Codec`)'] : []),
    ];
    for (const what of code)
      this.obstacles.push(`${path || 'the schema'}: ${what} is code, which no JSON Schema holds`);
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
 * A TypeBox schema as JSON Schema 2020-12.
 * @throws WirepactError `INVALID_CONTRACT` for a schema of TypeBox before 1.0. Whatever else no contract may have is
 * left in: the reader of shapes refuses it.
 */
export function toJsonSchema(schema: object, place: SchemaPlace): ConvertedSchema {
  const conversion = new Conversion(place);
  const json = conversion.convert(schema, '');
  const { $defs, refinements, obstacles } = conversion;
  return { json, $defs, refinements, obstacles };
}
