import type { JsonSchemaObject, JsonType } from './json-schema';

/** Names of JSON's types. */
export const JSON_TYPES: readonly JsonType[] = [
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
];

/** True for the name of a type. */
export const isJsonType = (name: unknown): name is JsonType => JSON_TYPES.some((type) => type === name);

/** How a keyword holds other schemas: not at all, one, a list of them, or schemas by name. */
type Holds = 'nothing' | 'schema' | 'list' | 'map';

/** Every keyword a contract may use; the compiler asks for those that are forgotten. */
const KEYWORDS: Readonly<Record<keyof JsonSchemaObject, Holds>> = {
  $ref: 'nothing',
  $defs: 'map',
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
  not: 'schema',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: 'schema',
  else: 'schema',
  properties: 'map',
  required: 'nothing',
  additionalProperties: 'schema',
  patternProperties: 'map',
  propertyNames: 'schema',
  minProperties: 'nothing',
  maxProperties: 'nothing',
  dependentRequired: 'nothing',
  dependentSchemas: 'map',
  items: 'schema',
  prefixItems: 'list',
  contains: 'schema',
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

/** Names of the keywords that a schema of a contract may have. */
export const KEYWORD_NAMES: readonly string[] = Object.keys(KEYWORDS).filter((name) => name !== '$defs');

/** True for a keyword that a contract may use. */
export const isKeyword = (name: string): name is keyof JsonSchemaObject => Object.hasOwn(KEYWORDS, name);

/** How `keyword` holds other schemas; one that no contract may use holds none. */
export const holdsOf = (keyword: string): Holds => (isKeyword(keyword) ? KEYWORDS[keyword] : 'nothing');

/** Keywords that say something of a schema and nothing of its values. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'deprecated',
  'default',
  'examples',
]);
