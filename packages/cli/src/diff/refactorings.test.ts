import type { JsonSchemaObject } from '@wirepact/contract';
import { expect, it } from 'vitest';
import { diffContracts } from './diff';
import type { PlacedSchema } from './proof/can-receive';
import { documentWith } from './testing/test-documents';

const place = {
  type: 'object',
  required: ['x'],
  properties: { x: { type: 'integer', minimum: 0 } },
} as const;
const card: JsonSchemaObject = {
  type: 'object',
  required: ['id', 'place'],
  properties: { id: { type: 'string', minLength: 1 }, place, column: { enum: ['todo', 'done', 'late'] } },
};
const Tree = {
  type: 'object',
  required: ['sons'],
  properties: { sons: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
} as const;
const Bush = {
  type: 'object',
  required: ['sons'],
  properties: { sons: { type: 'array', items: { $ref: '#/$defs/Bush' } } },
} as const;
const tagged = (kind: string, more: JsonSchemaObject['properties']): JsonSchemaObject => ({
  type: 'object',
  required: ['kind'],
  properties: { kind: { const: kind }, ...more },
});
const [one, two] = [tagged('one', { a: { type: 'string' } }), tagged('two', { b: { type: 'string' } })];

const then = { minLength: 1 };

const REFACTORINGS: readonly (readonly [
  string,
  PlacedSchema | JsonSchemaObject,
  PlacedSchema | JsonSchemaObject,
])[] = [
  [
    'a reference is inlined',
    {
      schema: { ...card, properties: { ...card.properties, place: { $ref: '#/$defs/Place' } } },
      defs: { Place: place },
    },
    card,
  ],
  [
    'a type moves to $defs',
    card,
    {
      schema: { ...card, properties: { ...card.properties, place: { $ref: '#/$defs/Place' } } },
      defs: { Place: place },
    },
  ],
  [
    'a recursive type is renamed',
    { schema: { $ref: '#/$defs/Tree' }, defs: { Tree } },
    { schema: { $ref: '#/$defs/Bush' }, defs: { Bush } },
  ],
  [
    'a recursive type is unrolled once',
    { schema: { $ref: '#/$defs/Tree' }, defs: { Tree } },
    { schema: Tree, defs: { Tree } },
  ],
  [
    'properties, required and enum are reordered',
    card,
    {
      required: ['place', 'id'],
      type: 'object',
      properties: { column: { enum: ['late', 'todo', 'done'] }, place, id: { minLength: 1, type: 'string' } },
    },
  ],
  [
    'an object is split by allOf',
    card,
    {
      allOf: [
        { type: 'object', required: ['id'], properties: { id: { type: 'string', minLength: 1 } } },
        {
          type: 'object',
          required: ['place'],
          properties: { place, column: { enum: ['todo', 'done', 'late'] } },
        },
      ],
    },
  ],
  [
    'keywords are split by allOf',
    { type: 'string', minLength: 1, maxLength: 5 },
    { allOf: [{ type: 'string', minLength: 1 }, { maxLength: 5 }] },
  ],
  ['a union is reordered', { anyOf: [one, two] }, { anyOf: [two, one] }],
  ['anyOf becomes oneOf where alternatives exclude each other', { anyOf: [one, two] }, { oneOf: [two, one] }],
  ['a union of constants becomes an enum', { anyOf: [{ const: 'a' }, { const: 'b' }] }, { enum: ['a', 'b'] }],
  [
    'a list of types becomes a union',
    { type: ['string', 'null'] },
    { anyOf: [{ type: 'null' }, { type: 'string' }] },
  ],
  ['an enum gets the type it has', { enum: ['a', 'b'] }, { type: 'string', enum: ['a', 'b'] }],
  ['one constant becomes an enum of one', { const: 'a' }, { enum: ['a'] }],
  [
    'a bound of whole numbers is written as an open one',
    { type: 'integer', minimum: 1 },
    { type: 'integer', exclusiveMinimum: 0 },
  ],
  ['a bound that is none is written', { type: 'string' }, { type: 'string', minLength: 0 }],
  ['descriptions and titles are written', card, { ...card, title: 'Card', description: 'A card.' }],
  [
    'a union is shared by its tags',
    { anyOf: [tagged('one', {}), tagged('two', {})] },
    { type: 'object', required: ['kind'], properties: { kind: { enum: ['one', 'two'] } } },
  ],
  [
    'tags of one object become a union',
    { type: 'object', required: ['kind'], properties: { kind: { enum: ['one', 'two'] } } },
    { anyOf: [tagged('one', {}), tagged('two', {})] },
  ],
  [
    'a condition stays',
    { if: { type: 'string' }, then, else: { type: 'null' } },
    { if: { type: 'string', description: 'Text.' }, then, else: { const: null } },
  ],
  [
    'what is forbidden stays',
    { not: { enum: ['a', 'b'] } },
    { allOf: [{ not: { const: 'b' } }, { not: { const: 'a' } }] },
  ],
];

const placed = (schema: PlacedSchema | JsonSchemaObject): PlacedSchema =>
  'defs' in schema ? schema : { schema, defs: {} };

it.each(REFACTORINGS)('sees that nothing breaks where %s', (_, before, after) => {
  for (const sender of ['client', 'server'] as const) {
    const { changes } = diffContracts(
      documentWith(sender, placed(before)),
      documentWith(sender, placed(after)),
    );
    const grave = changes.filter(({ level, kind }) => level !== 'patch' && kind !== 'type-renamed');
    expect(grave).toEqual([]);
  }
});
