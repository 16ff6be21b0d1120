import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBoundsIssue } from './bounds';

const bounds = { maxDepth: 3, maxProperties: 3, maxSize: 50 };

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

test.each([
  ['a primitive', 1, undefined],
  ['null', null, undefined],
  ['as deep as it may be', nested(3), undefined],
  ['deeper', nested(4), { path: '/a/a/a', keyword: 'maxDepth' }],
  ['arrays count as depth', [[[[1]]]], { path: '/0/0/0', keyword: 'maxDepth' }],
  ['as wide as it may be', { a: 1, b: 2, c: 3 }, undefined],
  ['wider', { x: { a: 1, b: 2, c: 3, d: 4 } }, { path: '/x', keyword: 'maxProperties' }],
  ['wider only by what JSON leaves out', { a: 1, b: 2, c: 3, d: undefined }, undefined],
  ['as long as it may be', ['x'.repeat(48)], undefined],
  ['longer by one', ['x'.repeat(49)], { path: '/0', keyword: 'maxSize' }],
  ['an object of another realm', runInNewContext('({ a: 1 })'), undefined],
  ['too long a string', { text: 'x'.repeat(50) }, { path: '/text', keyword: 'maxSize' }],
  ['too long a name', { ['x'.repeat(60)]: 1 }, { keyword: 'maxSize' }],
  ['too many items', { list: Array(60).fill(null) }, { path: '/list/44', keyword: 'maxSize' }],
  ['a prototype', JSON.parse('{"a":{"__proto__":{}}}'), { path: '/a/__proto__', keyword: 'propertyNames' }],
  [
    'a constructor’s prototype',
    { constructor: { prototype: {} } },
    { path: '/constructor', keyword: 'propertyNames' },
  ],
  ['a constructor that is a word', { constructor: 'Ada' }, undefined],
  ['a constructor that is nothing', { constructor: null }, undefined],
  ['a prototype that is no constructor’s', { maker: { prototype: {} } }, undefined],
  [
    'a constructor that writes itself',
    { constructor: () => undefined },
    { path: '/constructor', keyword: 'type' },
  ],
  ['binary', { file: new Uint8Array(2) }, { path: '/file', keyword: 'type' }],
  ['a date', { at: new Date() }, { path: '/at', keyword: 'type' }],
  ['a property that is only called constructor', { constructor: { a: 1 } }, undefined],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), undefined],
])('%s', (_what, value, issue) => {
  const found = findBoundsIssue(value, bounds);
  if (issue) expect(found).toMatchObject(issue);
  else expect(found).toBeUndefined();
});

test('depth that overflows a stack is found before it does', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(findBoundsIssue(deep, { maxDepth: 16, maxProperties: 10, maxSize: 1_000_000 })).toMatchObject({
    keyword: 'maxDepth',
  });
});

test('JSON inside the bounds passes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
      fc.pre(!JSON.stringify(value).includes('__proto__'));
      expect(
        findBoundsIssue(value, { maxDepth: 8, maxProperties: 1_000, maxSize: 1_000_000 }),
      ).toBeUndefined();
    }),
  );
});
