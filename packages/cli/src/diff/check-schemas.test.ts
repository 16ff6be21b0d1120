import type { JsonSchemaObject } from '@wirepact/contract';
import { expect, it } from 'vitest';
import { checkSchemas } from './check-schemas';
import { diffContracts } from './diff';
import { documentOf } from './testing/test-documents';

const fromJson = (schema: string): JsonSchemaObject => JSON.parse(schema);

const REFUSED: readonly (readonly [string, string])[] = [
  ['{"type":"array","unevaluatedItems":false}', 'board: $defs/It: the keyword "unevaluatedItems" is not one'],
  ['{"properties":{"a":{"unevaluatedProperties":false}}}', 'board: $defs/It/properties/a: the keyword'],
  ['{"prefixItems":[{"toString":1}]}', 'board: $defs/It/prefixItems/0: the keyword "toString" is not one'],
  ['{"$ref":"#/$defs/Other"}', 'board: $defs/It: $ref "#/$defs/Other" leads nowhere'],
  ['{"$ref":"#/$defs/constructor"}', 'leads nowhere'],
  ['{"pattern":"("}', 'board: $defs/It/pattern: "(" is not a regular expression'],
  ['{"patternProperties":{"(":{}}}', 'board: $defs/It/patternProperties: "(" is not a regular expression'],
  ['{"items":"text"}', 'board: $defs/It/items: a schema has to be an object, true or false.'],
  ['{"anyOf":[{"$ref":"#/$defs/It"},{"type":"null"}]}', 'board: $defs/It: is composed of itself'],
  ['{"dependentSchemas":{"a":{"$ref":"#/$defs/It"}}}', 'board: $defs/It: is composed of itself'],
];

it.each(REFUSED)('refuses %s', (schema, message) => {
  const document = documentOf({ $defs: { It: fromJson(schema) } });
  expect(() => checkSchemas(document)).toThrow(expect.objectContaining({ code: 'INVALID_CONTRACT' }));
  expect(() => diffContracts(documentOf(), document)).toThrow(message);
});

it('takes recursion through a property, and properties named like keywords', () => {
  const It = fromJson('{"properties":{"uniqueItems":{"$ref":"#/$defs/It"},"$ref":{"type":"string"}}}');
  expect(() => checkSchemas(documentOf({ $defs: { It } }))).not.toThrow();
});
