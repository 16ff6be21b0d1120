import type { JsonSchemaObject } from '../json-schema';

/** How a keyword holds other schemas: not at all, one, a list, or by name. */
type Holds = 'nothing' | 'one' | 'list' | 'names';

const KEYWORDS: Readonly<Record<keyof JsonSchemaObject, Holds>> = {
  $ref: 'nothing',
  $defs: 'names',
  title: 'nothing',
  description: 'nothing',
  deprecated: 'nothing',
  default: 'nothing',
  examples: 'nothing',
  type: 'nothing',
  enum: 'nothing',
  const: 'nothing',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
  not: 'one',
  if: 'one',
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: 'one',
  else: 'one',
  properties: 'names',
  required: 'nothing',
  additionalProperties: 'one',
  patternProperties: 'names',
  propertyNames: 'one',
  minProperties: 'nothing',
  maxProperties: 'nothing',
  dependentRequired: 'nothing',
  dependentSchemas: 'names',
  items: 'one',
  prefixItems: 'list',
  contains: 'one',
  minContains: 'nothing',
  maxContains: 'nothing',
  minItems: 'nothing',
  maxItems: 'nothing',
  uniqueItems: 'nothing',
  minLength: 'nothing',
  maxLength: 'nothing',
  pattern: 'nothing',
  format: 'nothing',
  minimum: 'nothing',
  maximum: 'nothing',
  exclusiveMinimum: 'nothing',
  exclusiveMaximum: 'nothing',
  multipleOf: 'nothing',
};

/** Keywords that say something of a schema and nothing of its values. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'deprecated',
  'default',
  'examples',
]);

/** True for a keyword that a contract may use. */
export const isKeyword = (name: string): name is keyof JsonSchemaObject => Object.hasOwn(KEYWORDS, name);

/** What stands where schemas should, directly inside a schema, each with its place: `properties/text`. */
export function innerSchemas(schema: object): readonly (readonly [string, unknown])[] {
  return Object.entries(schema).flatMap(([keyword, value]: [string, unknown]) => {
    const holds = isKeyword(keyword) ? KEYWORDS[keyword] : 'nothing';
    if (holds === 'nothing') return [];
    if (holds === 'one' || typeof value !== 'object' || value === null) return [[keyword, value] as const];
    return Object.entries(value).map(([name, inner]): readonly [string, unknown] => [
      `${keyword}/${name}`,
      inner,
    ]);
  });
}
