import { type JsonSchemaObject, WirepactError } from '@wirepact/contract';
import { expect, test } from 'vitest';
import { documentOf } from '../test-documents';
import { emitValidators } from '../validators';

/** What a contract's file might hold, whatever the types of its schemas say. */
const refusalOf = (schema: object, name = 'Card'): unknown => {
  const inner: JsonSchemaObject = Object(schema);
  try {
    emitValidators(documentOf({ [name]: { type: 'object', properties: { 'a/b': inner } } }));
    return undefined;
  } catch (error) {
    return error;
  }
};

test.each<[string, object, RegExp]>([
  ['unevaluatedProperties', { unevaluatedProperties: false }, /say it with others/],
  ['unevaluatedItems', { unevaluatedItems: false }, /say it with others/],
  ['$dynamicRef', { $dynamicRef: '#node' }, /say it with others/],
  ['$anchor', { $anchor: 'node' }, /say it with others/],
  ['$defs', { $defs: {} }, /say it with others/],
  ['contentMediaType', { contentMediaType: 'text/html' }, /say it with others/],
  ['dependencies', { dependencies: {} }, /not one that a contract may use/],
  ['maxLenght', { maxLenght: 3 }, /did you mean "maxLength"\?/],
  ['additionalItems', { items: [{}], additionalItems: false }, /say it with others/],
  ['format', { format: 'colour' }, /"colour", which is not one of uuid, date,.*use a pattern/],
  ['format', { format: 'toString' }, /"toString"/],
  ['format', { format: 'emial' }, /did you mean "email"\?/],
  ['pattern', { pattern: '(' }, /"\(", which is not a regular expression/],
  ['pattern', { pattern: '\\a' }, /flag "u"/],
  ['pattern', { pattern: 7 }, /as a string/],
  ['patternProperties', { patternProperties: { '(': {} } }, /not a regular expression/],
  ['$ref', { $ref: '#/$defs/Gone' }, /"#\/\$defs\/Gone"; refer to a type/],
  ['$ref', { $ref: '#/$defs/toString' }, /refer to a type/],
  ['$ref', { $ref: 'https://example.org/card' }, /refer to a type/],
  ['type', { type: 'date' }, /takes array, boolean/],
  ['type', { type: [] }, /takes array/],
  ['minLength', { minLength: '1||broken()' }, /takes a number, not "1\|\|broken\(\)"/],
  ['maxItems', { maxItems: -1 }, /not negative/],
  ['minimum', { minimum: null }, /takes a number, not null/],
  ['multipleOf', { multipleOf: 0 }, /above 0/],
  ['required', { required: 'a' }, /takes a list/],
  ['required', { required: [1] }, /takes property names/],
  ['properties', { properties: [] }, /takes an object/],
  ['enum', { enum: 'a' }, /takes a list/],
  ['anyOf', { anyOf: {} }, /takes a list/],
])('%s is refused by name and place: %j', (keyword, schema, reason) => {
  const error = refusalOf(schema);
  expect(error).toBeInstanceOf(WirepactError);
  expect(error).toMatchObject({ code: 'INVALID_CONTRACT', message: expect.stringMatching(reason) });
  expect(error).toHaveProperty(
    'message',
    expect.stringMatching(/^test: type "Card", at "\/properties\/a~1b(\/items)?": the keyword "/),
  );
  expect(error).toHaveProperty('message', expect.stringContaining(`the keyword "${keyword}"`));
});

test('what is no schema is refused by its place', () => {
  expect(refusalOf({ items: [{}] })).toMatchObject({
    code: 'INVALID_CONTRACT',
    message: 'test: type "Card", at "/properties/a~1b/items": [{}] stands where a schema belongs.',
  });
});

test('a name that no module can export is refused', () => {
  const message = expect.stringMatching(/type "a-b".*not an identifier; rename it/);
  expect(refusalOf({}, 'a-b')).toMatchObject({ code: 'INVALID_CONTRACT', message });
});

test.each<[string, Record<string, JsonSchemaObject>]>([
  ['itself', { A: { $ref: '#/$defs/A' } }],
  ['itself among others', { A: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/A' }] } }],
  ['another that leads back', { A: { allOf: [{ $ref: '#/$defs/B' }] }, B: { not: { $ref: '#/$defs/A' } } }],
])('a type whose check would not end is refused: it refers to %s', (_what, types) => {
  expect(() => emitValidators(documentOf(types))).toThrow(/leads back to "A" for the same value/);
});
