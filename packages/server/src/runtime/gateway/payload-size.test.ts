import { findBoundsIssue } from '@wirepact/contract/runtime';
import { expect, test } from 'vitest';
import { sizeOf } from './payload-size';

const sizeBound = (maxSize: number) => ({ maxDepth: 99, maxProperties: 999, maxSize });

test.each([
  ['a text', 'hello 😀'],
  ['a number', 7],
  ['null', null],
  ['an empty object', {}],
  ['a list', ['a', 1, null, ['b']]],
  [
    'a message',
    { channelId: 'c', text: 'Hi', attachments: [{ url: 'u', type: 't' }], metadata: { a: { b: true } } },
  ],
])('a payload is as large as its bounds say: %s', (_what, payload) => {
  const size = sizeOf(payload);
  expect(findBoundsIssue(payload, sizeBound(size))).toBeUndefined();
  expect(findBoundsIssue(payload, sizeBound(size - 1))).toMatchObject({ keyword: 'maxSize' });
});
