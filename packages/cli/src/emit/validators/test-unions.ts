import type { JsonSchemaObject } from '@wirepact/contract';
import { documentOf } from '../test-documents';

const branch = (values: JsonSchemaObject, more: JsonSchemaObject['properties'] = {}): JsonSchemaObject => ({
  type: 'object',
  required: ['type', ...Object.keys(more)],
  properties: { ...more, type: values },
});
const circle = branch({ const: 'circle' }, { r: { type: 'number' } });
const square = branch({ enum: ['square', 'box'] }, { side: { type: 'number' } });
const open = (value: string, more: string): JsonSchemaObject => ({
  type: 'object',
  required: ['kind', more],
  properties: { kind: { const: value } },
});

/** Unions whose branches a tag tells apart, and some whose branches none does. */
export const unionDocument = documentOf({
  Circle: circle,
  Shape: { anyOf: [circle, square, { type: 'null' }] },
  OneShape: { oneOf: [circle, square] },
  // The tag of a branch may stand in what it is made of.
  Drawing: {
    type: 'object',
    required: ['shapes'],
    properties: {
      shapes: {
        type: 'array',
        items: {
          anyOf: [{ $ref: '#/$defs/Circle' }, { allOf: [square, { properties: { side: { minimum: 1 } } }] }],
        },
      },
    },
  },
  Untagged: { anyOf: [open('a', 'x'), { type: 'object', required: ['y'] }] },
  Overlapping: { anyOf: [open('a', 'x'), open('a', 'y')] },
});
