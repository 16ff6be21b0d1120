import type { JsonSchemaObject } from '@wirepact/contract';
import { describe, expect, it } from 'vitest';
import { isAccepted, isSent } from '../testing/test-is-sent';
import { canReceive } from './can-receive';

type Row = readonly [keyword: string, wide: JsonSchemaObject, narrow: JsonSchemaObject, onlyWide: unknown];

const open: JsonSchemaObject = { type: 'object', additionalProperties: true };
const list: JsonSchemaObject = { type: 'array', items: { type: 'integer' } };
const then = { required: ['b'] };

/** Two schemas that differ in one keyword, and a value that only the wider one accepts. */
const ROWS: readonly Row[] = [
  ['dependentRequired', open, { ...open, dependentRequired: { a: ['b'] } }, { a: 1 }],
  ['dependentSchemas', open, { ...open, dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }],
  ['propertyNames', open, { ...open, propertyNames: { maxLength: 2 } }, { abc: 1 }],
  ['patternProperties', open, { ...open, patternProperties: { '^x': { type: 'string' } } }, { x: 1 }],
  ['minProperties', open, { ...open, minProperties: 1 }, {}],
  ['maxProperties', { ...open, maxProperties: 2 }, { ...open, maxProperties: 1 }, { a: 1, b: 1 }],
  ['contains', list, { ...list, contains: { minimum: 5 } }, [1]],
  [
    'minContains',
    { ...list, contains: { minimum: 5 } },
    { ...list, contains: { minimum: 5 }, minContains: 2 },
    [5],
  ],
  [
    'maxContains',
    { ...list, contains: { minimum: 5 } },
    { ...list, contains: { minimum: 5 }, maxContains: 1 },
    [5, 5],
  ],
  ['prefixItems', list, { ...list, prefixItems: [{ minimum: 5, type: 'integer' }] }, [1]],
  ['items: false', list, { ...list, prefixItems: [{ type: 'integer' }], items: false }, [1, 2]],
  ['not', { type: 'string' }, { type: 'string', not: { maxLength: 2 } }, 'a'],
  ['if', open, { ...open, if: { required: ['a'] }, then }, { a: 1 }],
  [
    'oneOf',
    { anyOf: [{ type: 'integer' }, { type: 'number' }] },
    { oneOf: [{ type: 'integer' }, { type: 'number' }] },
    1,
  ],
  ['enum', { type: 'string' }, { enum: ['a', 'b'] }, 'c'],
  ['const', { enum: ['a', 'b'] }, { const: 'a' }, 'b'],
  ['multipleOf', { type: 'integer', multipleOf: 2 }, { type: 'integer', multipleOf: 4 }, 2],
  ['type', { type: ['string', 'null'] }, { type: 'string' }, null],
  ['false', { type: 'null' }, { not: {} }, null],
];

const placed = (schema: JsonSchemaObject) => ({ schema, defs: {} });

describe.each(ROWS)('%s', (_, wide, narrow, onlyWide) => {
  it('narrows, and what it refuses may be sent', () => {
    expect(isSent(placed(wide), onlyWide)).toBe(true);
    expect(isAccepted(placed(narrow), onlyWide)).toBe(false);
    expect(canReceive(placed(narrow), placed(wide))).toBe(false);
  });

  it('leaves what the wider schema accepts', () => {
    expect(canReceive(placed(wide), placed(narrow))).toBe(true);
    expect(canReceive(placed({ allOf: [narrow] }), placed(narrow))).toBe(true);
  });
});
