import type { JsonSchemaObject } from '@wirepact/contract';
import { FORMATS } from '@wirepact/contract/tools';
import { documentOf } from '../test-documents';

/**
 * Schemas that together have every keyword, but for two that have tests of their own: TypeBox rounds fractions, and
 * takes `{}` and `{ constructor: [] }` for duplicates.
 */
const SCHEMAS: Readonly<Record<string, JsonSchemaObject>> = {
  Types: { type: ['string', 'null', 'integer'] },
  Mixed: { type: ['string', 'array', 'null'], maxLength: 2, minItems: 1, items: { type: 'integer' } },
  AnyNumber: { type: ['number', 'boolean'], minimum: 0 },
  Anything: {},
  Nothing: { not: {} },
  Text: { type: 'string', minLength: 2, maxLength: 4 },
  UntypedText: { minLength: 2, maxLength: 4, pattern: '^[a-z\u{1f600}e\u0301]*$' },
  Pattern: { type: 'string', pattern: '^(?:a|b)/\\d+$' },
  Numbers: { type: 'number', exclusiveMinimum: -1, exclusiveMaximum: 10 },
  Integers: { type: 'integer', minimum: -3, maximum: 12, multipleOf: 3 },
  Const: { const: { a: [1, { b: null }], c: 'x' } },
  Choices: { enum: ['a', 'b', 1, null, true, [1, 2], { a: 1 }] },
  ManyChoices: { enum: Array.from({ length: 20 }, (_, index) => `a${index}`) },
  TypedChoice: { type: 'string', enum: ['debug', 'info', 7] },
  List: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 3 },
  Tuple: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 },
  OpenTuple: { prefixItems: [{ type: 'string' }, true], items: { type: 'boolean' } },
  Contains: { type: 'array', contains: { type: 'integer', minimum: 0 } },
  ContainsSome: { contains: { enum: ['a', 1] }, minContains: 2, maxContains: 3 },
  ContainsNone: { contains: { enum: ['a', 1] }, minContains: 0, maxContains: 1 },
  Closed: {
    type: 'object',
    properties: { a: { type: 'string' }, b: {} },
    required: ['a'],
    additionalProperties: false,
  },
  ManyNames: {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`p${index}`, { type: 'integer' }]),
    ),
    additionalProperties: { type: 'boolean' },
  },
  Open: {
    type: 'object',
    properties: { 'a/b~c': { type: 'string' }, __proto__x: {} },
    required: ['', 'a/b~c'],
  },
  Proto: JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"object"},"constructor":{"type":"integer"}},"required":["__proto__"]}',
  ),
  Patterns: {
    type: 'object',
    patternProperties: { '^[ab]': { type: 'integer' }, c$: { type: 'string' } },
    additionalProperties: { type: 'null' },
  },
  Names: { type: 'object', propertyNames: { maxLength: 2, pattern: '^[a-c_]' } },
  Counts: { type: 'object', minProperties: 1, maxProperties: 2 },
  Dependent: { type: 'object', properties: { a: {}, b: {}, c: {} }, dependentRequired: { a: ['b', 'c'] } },
  DependentSchemas: {
    type: 'object',
    properties: { a: {}, b: {} },
    dependentSchemas: { a: { required: ['b'] }, b: { properties: { a: { type: 'string' } } } },
  },
  AllOf: {
    allOf: [
      { type: 'object', properties: { a: { type: 'string' } } },
      { required: ['a'] },
      { properties: { b: { type: 'integer' } } },
    ],
  },
  AnyOf: {
    anyOf: [
      { type: 'string', maxLength: 2 },
      { type: 'object', properties: { kind: { const: 'a' } }, required: ['kind'] },
      { type: 'null' },
    ],
  },
  OneOf: { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 3 }, { type: 'string' }] },
  Tagged: {
    type: 'object',
    oneOf: [
      { properties: { kind: { const: 'a' }, value: { type: 'string' } }, required: ['kind', 'value'] },
      { properties: { kind: { const: 'b' }, value: { type: 'integer' } }, required: ['kind', 'value'] },
    ],
  },
  Not: { type: 'object', properties: { a: { not: { type: 'string' } }, never: { not: {} } } },
  If: {
    type: 'object',
    properties: { a: { enum: [1, 2] } },
    if: { properties: { a: { const: 1 } }, required: ['a'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    then: { required: ['b'] },
    else: { properties: { b: false } },
  },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  IfThen: { if: { type: 'string' }, then: { minLength: 3 } },
  Tree: {
    type: 'object',
    properties: { value: { type: 'integer' }, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
    required: ['value'],
  },
  Pair: {
    type: 'object',
    properties: {
      left: { $ref: '#/$defs/Text' },
      right: { $ref: '#/$defs/Text', maxLength: 3 },
      next: { $ref: '#/$defs/Pair' },
    },
    required: ['left'],
  },
  Unlikely: { properties: { a: { minimum: 2 } }, items: { maxLength: 1 }, maxLength: 2, minimum: 1 },
};

const formats = [...FORMATS.keys()].map((format): [string, JsonSchemaObject] => [
  `Format${format.replaceAll('-', '')}`,
  { type: 'string', format },
]);
/** A document whose types together have every keyword and every format. */
export const everyKeyword = documentOf({ ...SCHEMAS, ...Object.fromEntries(formats) });
