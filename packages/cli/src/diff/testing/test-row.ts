import type { JsonSchemaObject } from '@wirepact/contract';
import type { ChangeKind, ChangeLevel } from '../contract-change';

/** A change with its level in either direction: once for what clients send, once for what servers send. */
export type Row = readonly [
  kind: ChangeKind,
  client: ChangeLevel,
  server: ChangeLevel,
  at: string,
  before: JsonSchemaObject,
  after: JsonSchemaObject,
  message: string,
];

export const a = { type: 'string' } as const;
export const n = { type: 'integer' } as const;
export const object = (
  properties: JsonSchemaObject['properties'],
  ...required: string[]
): JsonSchemaObject => ({
  type: 'object',
  ...(properties && { properties }),
  ...(required.length > 0 && { required }),
});
export const text = (keywords: JsonSchemaObject) => object({ text: { ...a, ...keywords } });
export const number = (keywords: JsonSchemaObject) => object({ n: { type: 'number', ...keywords } });
export const list = (keywords: JsonSchemaObject) => object({ list: { type: 'array', ...keywords } });
export const tagged = (kind: string, more: JsonSchemaObject['properties'] = {}) =>
  object({ kind: { const: kind }, ...more }, 'kind');
