import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonSchemaObject } from '../../json-schema';
import { documentOf } from '../test-documents';
import { FORMATS } from './formats';
import { compareWithTypeBox } from './test-agreement';
import { valuesOf } from './test-arbitraries';
import { evaluateValidators } from './test-evaluate';
import { mutated } from './test-mutations';

const RUNS = 1_500;

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
const document = documentOf({ ...SCHEMAS, ...Object.fromEntries(formats) });

test.each(Object.keys(document.$defs))('%s is answered as TypeBox does', async (name) => {
  const matching = await compareWithTypeBox(document, name, RUNS);
  // Both answers have to come up, or the values would show nothing.
  if (name !== 'Nothing') expect(matching).toBeGreaterThan(RUNS / 50);
  if (name !== 'Anything') expect(matching).toBeLessThan(RUNS);
});

/** As JSON has it, where 0 has no sign. */
const toJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const hasDuplicates = (items: readonly unknown[]) =>
  items.some((item, index) => items.slice(index + 1).some((other) => isDeepStrictEqual(item, other)));

test('items are unique where no two are equal', async () => {
  const item: JsonSchemaObject = {
    anyOf: [{ type: 'object', properties: { a: { enum: [1, '1'] }, b: {} } }, {}],
  };
  const Unique: JsonSchemaObject = { type: 'array', items: item, uniqueItems: true };
  const validator = (await evaluateValidators(documentOf({ Unique }))).get('Unique');
  const shuffled = fc.constantFrom<unknown[]>(
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: [1, 2] }, { a: [2, 1] }],
  );
  const lists = fc.oneof({ weight: 9, arbitrary: mutated(valuesOf(Unique, {})) }, shuffled);
  fc.assert(
    fc.property(lists, (value) => {
      const expected = Array.isArray(value) && !hasDuplicates(value.map(toJson));
      expect(validator?.check(value)).toBe(expected);
      expect(validator?.issues(value).length === 0).toBe(expected);
    }),
    { numRuns: 2 * RUNS },
  );
});
