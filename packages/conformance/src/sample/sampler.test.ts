import type { JsonSchema } from '@wirepact/contract/tools';
import { interpret, SchemaPlace, ShapeReader } from '@wirepact/contract/tools';
import { describe, expect, test } from 'vitest';
import { Random } from './random';
import { type Fullness, sampleValue } from './sampler';

const TREE: JsonSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
  required: ['name', 'children'],
};

const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  'a text of some length': { type: 'string', minLength: 30, maxLength: 31 },
  'a text of a pattern': { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$' },
  'a UUID': { type: 'string', format: 'uuid' },
  'a time': { type: 'string', format: 'date-time' },
  'a whole number in bounds': { type: 'integer', minimum: 7, exclusiveMaximum: 9 },
  'a number in bounds': { type: 'number', minimum: -0.5, maximum: -0.25 },
  'a multiple': { type: 'integer', multipleOf: 25, minimum: 30 },
  'one of some': { enum: ['a', 7, null] },
  'an object': {
    type: 'object',
    properties: { id: { type: 'string' }, count: { type: 'integer' }, more: { type: 'boolean' } },
    required: ['id'],
    additionalProperties: false,
  },
  'an object that is never empty': { type: 'object', minProperties: 2 },
  'a record': { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1 },
  'a record of named properties': {
    type: 'object',
    patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
  },
  'a list': { type: 'array', items: { type: 'boolean' }, minItems: 2, maxItems: 3 },
  'a tuple': { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2 },
  'a list that contains': { type: 'array', contains: { const: 'x' } },
  'a union': { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }] },
  'one of two objects': {
    oneOf: [
      {
        type: 'object',
        properties: { kind: { const: 'a' }, a: { type: 'string' } },
        required: ['kind', 'a'],
      },
      {
        type: 'object',
        properties: { kind: { const: 'b' }, b: { type: 'integer' } },
        required: ['kind', 'b'],
      },
    ],
  },
  'what is composed': {
    allOf: [
      { type: 'object', properties: { a: { type: 'string' } } },
      { type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] },
    ],
  },
  'a condition': JSON.parse(`{
    "type": "object",
    "properties": { "kind": { "enum": ["x", "y"] } },
    "required": ["kind"],
    "if": { "properties": { "kind": { "const": "x" } } },
    "then": { "properties": { "x": { "type": "string" } }, "required": ["x"] },
    "else": { "properties": { "y": { "type": "string" } }, "required": ["y"] }
  }`),
  'what is not another': { type: 'string', not: { const: 'a' } },
  'a tree': { $ref: '#/$defs/Tree' },
};

const reader = new ShapeReader({ title: 'test', $defs: { Tree: TREE } });
const typeOf = (name: string) => reader.readType(name);

describe.each(Object.entries(SCHEMAS))('%s', (name, schema) => {
  const shape = reader.read(schema, new SchemaPlace(name));
  const { issues } = interpret(shape, typeOf);

  test.each<Fullness>(['least', 'most', 'some'])('is made, with %s in it', (fullness) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const value = sampleValue(shape, typeOf, new Random(seed, name), fullness);
      expect(value).toBeDefined();
      expect(issues(value)).toEqual([]);
    }
  });
});

test('what cannot be guessed is not made', () => {
  const shape = reader.read(
    { type: 'string', pattern: '^(?=x).*(?!y)$', minLength: 9 },
    new SchemaPlace('odd'),
  );
  expect(sampleValue(shape, typeOf, new Random(1, ''), 'least')).toBeUndefined();
});

test('the same seed makes the same, another seed something else', () => {
  const shape = reader.read({ type: 'string', minLength: 12 }, new SchemaPlace('text'));
  const made = (seed: number, use: string) => sampleValue(shape, typeOf, new Random(seed, use), 'most');
  expect(made(1, 'a')).toBe(made(1, 'a'));
  expect(new Set([made(1, 'a'), made(2, 'a'), made(1, 'b')]).size).toBe(3);
});

test('what a value has to satisfy besides is heeded', () => {
  const shape = reader.read({ type: 'integer', minimum: 0, maximum: 9 }, new SchemaPlace('number'));
  expect(sampleValue(shape, typeOf, new Random(1, ''), 'most', (value) => value === 4)).toBe(4);
});
