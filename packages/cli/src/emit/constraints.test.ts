import type { JsonSchema } from '@wirepact/contract';
import { expect, test } from 'vitest';
import { describeConstraints } from './constraints';

test.each<[string, JsonSchema]>([
  ['', true],
  ['', { type: 'string', title: 'Name', description: 'It.' }],
  ['Format: uuid. At most 1 character', { format: 'uuid', maxLength: 1 }],
  ['At least 2 characters. Matches `^a$`', { minLength: 2, pattern: '^a$' }],
  ['Exactly 3 characters', { minLength: 3, maxLength: 3 }],
  ['0 to 1', { minimum: 0, maximum: 1 }],
  [
    'More than 0. Less than 10. A multiple of 0.5',
    { exclusiveMinimum: 0, exclusiveMaximum: 10, multipleOf: 0.5 },
  ],
  ['1 to 9 items. No item twice', { minItems: 1, maxItems: 9, uniqueItems: true }],
  ['Each item: format: uri, at most 9 characters', { items: { format: 'uri', maxLength: 9 } }],
  ['', { prefixItems: [{}], items: false, minItems: 1 }],
  ['', { items: { $ref: '#/$defs/X' } }],
  ['At most 1 property. No other properties', { maxProperties: 1, additionalProperties: false }],
  ['At least 2 properties', { minProperties: 2, additionalProperties: true }],
  ['With `a` also needs `b`, `c`', { dependentRequired: { a: ['b', 'c'] } }],
  ['Further conditions: see the JSON Schema', { not: { const: 1 } }],
  ['Further conditions: see the JSON Schema', { propertyNames: { maxLength: 9 }, contains: {} }],
  ['', { not: {} }],
  ['Default: `null`. Example: `"a"`', { default: null, examples: ['a', 'b'] }],
])('%s', (expected, schema) => {
  expect(describeConstraints(schema).join('. ')).toBe(expected);
});
