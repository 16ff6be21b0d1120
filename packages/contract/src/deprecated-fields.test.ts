import { expect, test } from 'vitest';
import { listDeprecatedFields } from './deprecated-fields';

const old = { deprecated: true, description: 'Use the other.' } as const;

test('deprecated fields are found wherever a schema says something of a value, by their place in it', () => {
  const found = listDeprecatedFields({
    type: 'object',
    properties: {
      'a/b': old,
      list: { type: 'array', items: { type: 'object', properties: { inside: old } } },
      pair: { type: 'array', prefixItems: [{ type: 'string' }, old] },
      map: { type: 'object', additionalProperties: old },
      silent: { deprecated: true },
    },
    allOf: [{ properties: { all: old } }],
    anyOf: [{ properties: { any: old } }, true],
    oneOf: [{ properties: { one: old } }],
  });
  const advice = 'Use the other.';
  expect(found).toEqual({
    '/a~1b': advice,
    '/list/*/inside': advice,
    '/pair/1': advice,
    '/map/*': advice,
    '/silent': 'it may go with the next major version.',
    '/all': advice,
    '/any': advice,
    '/one': advice,
  });
});

test('a type inside itself is read once, and what is deprecated as a whole is no field', () => {
  const node = { type: 'object', properties: { next: { $ref: '#/$defs/Node' }, last: old } } as const;
  expect(listDeprecatedFields({ $ref: '#/$defs/Node', $defs: { Node: node } })).toEqual({
    '/last': 'Use the other.',
  });
  expect(listDeprecatedFields({ ...old, type: 'string' })).toBeUndefined();
  expect(listDeprecatedFields(true)).toBeUndefined();
});
