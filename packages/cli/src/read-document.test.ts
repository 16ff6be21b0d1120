import type { JsonSchemaObject } from '@wirepact/contract';
import { expect, it } from 'vitest';
import { diffContracts } from './diff/diff';
import { documentOf, eventOf } from './diff/testing/test-documents';
import { readDocument } from './read-document';

const fromJson = (schema: string): JsonSchemaObject => JSON.parse(schema);

const REFUSED: readonly (readonly [string, string])[] = [
  [
    '{"type":"array","unevaluatedItems":false}',
    'board: type "It", at "": the keyword "unevaluatedItems" is not one',
  ],
  [
    '{"properties":{"a/b":{"contentEncoding":"base64"}}}',
    'at "/properties/a~1b": the keyword "contentEncoding"',
  ],
  ['{"prefixItems":[{"toString":1}]}', 'at "/prefixItems/0": the keyword "toString" is not one'],
  ['{"anyOf":[{"$ref":"#/$defs/Other"}]}', 'at "/anyOf/0": the keyword "$ref" has "#/$defs/Other"'],
  ['{"$ref":"#/$defs/constructor"}', '"#/$defs/constructor"; refer to a type'],
  ['{"$ref":"#/properties/a"}', '"#/properties/a"; refer to a type'],
  ['{"$ref":"other.json"}', '"other.json"; refer to a type'],
  ['{"pattern":"("}', 'has "(", which is not a regular expression'],
  ['{"patternProperties":{"(":{}}}', 'has "(", which is not a regular expression'],
  ['{"items":"text"}', 'at "/items": "text" stands where a schema belongs'],
  ['{"anyOf":[{"$ref":"#/$defs/It"},{"type":"null"}]}', 'leads back to "It"'],
  ['{"dependentSchemas":{"a":{"$ref":"#/$defs/It"}}}', 'leads back to "It"'],
];

it.each(REFUSED)('refuses %s', (schema, message) => {
  const document = documentOf({ $defs: { It: fromJson(schema) } });
  const refused = expect.objectContaining({
    code: 'INVALID_CONTRACT',
    message: expect.stringContaining(message),
  });
  expect(() => readDocument(document, 'schema.json')).toThrow(refused);
  expect(() => diffContracts(documentOf(), document)).toThrow(refused);
});

it('takes recursion through a property, and properties named like keywords', () => {
  const It = fromJson('{"properties":{"uniqueItems":{"$ref":"#/$defs/It"},"$ref":{"type":"string"}}}');
  const document = documentOf({ $defs: { It } });
  expect(readDocument(document, 'schema.json')).toBe(document);
});

it('refuses the presence of a room that refers to nothing', () => {
  const presence = { board: { $ref: '#/$defs/Lost' } } as const;
  expect(() => readDocument(documentOf({ presence }), 'schema.json')).toThrow(
    'board: presence/board: refers to "#/$defs/Lost", which is not among its `$defs`.',
  );
});

it.each(['payload', 'reply', 'stream'] as const)('refuses an event whose %s refers to nothing', (part) => {
  const lost = eventOf({ [part]: { $ref: '#/$defs/toString' } });
  expect(() => readDocument(documentOf({ clientToServer: { lost } }), 'schema.json')).toThrow(
    `board: clientToServer/lost/${part}: refers to "#/$defs/toString", which is not among its \`$defs\`.`,
  );
});

it('says where what it was given comes from, and what is wrong with it', () => {
  expect(() => readDocument({ ...documentOf(), errors: [] }, 'old/schema.json')).toThrow(
    'old/schema.json: is not a contract document: /errors must be object. Build it again',
  );
  expect(() => readDocument(null, 'old/schema.json')).toThrow('payload must be object');
});
