import { Blob } from 'node:buffer';
import fc from 'fast-check';
import * as Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineEvent } from './define-event';
import { UNDECLARED_BOUNDS } from './event';
import { findPayloadError, findReplyError } from './payload-error';

const description = 'Something.';
const anything = defineEvent({ description, payload: Type.Unknown(), reply: Type.Unknown() });
const empty = defineEvent({ description });

class Money {
  constructor(readonly amount: number) {}
}

const circle: Record<string, unknown> = { name: 'a' };
circle.inside = { list: [circle] };
const ring: unknown[] = [];
ring.push(ring);
const throwing = Object.defineProperty({}, 'a', {
  enumerable: true,
  get() {
    throw new TypeError('no');
  },
});
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const writesItself = Object.assign([1], { toJSON: () => 'else' });

/** What JSON cannot say, inside `at`, and the path of what is at fault. */
const NOT_JSON: readonly (readonly [what: string, value: unknown, path: string])[] = [
  ['NaN', Number.NaN, '/at'],
  ['Infinity', Number.POSITIVE_INFINITY, '/at'],
  ['-Infinity', Number.NEGATIVE_INFINITY, '/at'],
  ['what 1e999 parses to', JSON.parse('[1e999]'), '/at/0'],
  ['a bigint', 1n, '/at'],
  ['a function', () => 1, '/at'],
  ['a method', { toJSON: () => 1 }, '/at/toJSON'],
  ['a symbol', Symbol('a'), '/at'],
  ['a date', new Date(0), '/at'],
  ['a map', new Map([[1, 2]]), '/at'],
  ['a set', new Set([1]), '/at'],
  ['a regular expression', /a/, '/at'],
  ['an error', new Error('a'), '/at'],
  ['a promise', Promise.resolve(1), '/at'],
  ['a boxed number', Object(1), '/at'],
  ['an instance of a class', new Money(1), '/at'],
  ['a blob', new Blob(['a']), '/at'],
  ['a buffer', Buffer.from('a'), '/at'],
  ['a typed array', new Float64Array(1), '/at'],
  ['an array buffer', new ArrayBuffer(1), '/at'],
  ['a hole in an array', new Array(2), '/at/0'],
  ['a long sparse array', new Array(2 ** 32 - 1), '/at/0'],
  ['undefined in an array', [1, undefined], '/at/1'],
  ['an array that writes itself', writesItself, '/at'],
  ['a circle', circle, '/at/inside/list/0'],
  ['an array in itself', ring, '/at/0'],
];

describe.each(NOT_JSON)('[C8, E12] %s is refused with its path', (_what, value, path) => {
  const refusal = { code: 'INVALID_PAYLOAD', retryable: false, issues: [{ path, keyword: 'type' }] };

  test('in a payload', async () => {
    expect(await findPayloadError(anything, { at: value })).toMatchObject(refusal);
  });

  test('in a reply', async () => {
    expect(await findReplyError(anything, { at: value })).toMatchObject(refusal);
  });

  test('in place of a payload that is not declared', async () => {
    expect(await findPayloadError(empty, { at: value })).toMatchObject(refusal);
  });
});

test.each([
  ['a property', throwing],
  ['a proxy', revoked],
])('[C8] %s that throws when it is read is refused, not thrown', async (_what, value) => {
  expect(await findPayloadError(anything, { at: value })).toMatchObject({ code: 'INVALID_PAYLOAD' });
  expect(await findReplyError(anything, { at: value })).toMatchObject({ code: 'INVALID_PAYLOAD' });
});

test('only UUIDs that are none have a code of their own', async () => {
  const id = Type.String({ format: 'uuid' });
  const event = defineEvent({
    description,
    payload: Type.Object({ id, text: Type.String({ minLength: 1 }) }),
  });
  const codeFor = async (payload: object) => (await findPayloadError(event, payload))?.code;
  expect(await codeFor({ id: 'x', text: 'a' })).toBe('INVALID_UUID');
  expect(await codeFor({ id: 'x', text: '' })).toBe('INVALID_PAYLOAD');
});

describe('what JSON can say passes', () => {
  test.each([
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['an object of another realm', structuredClone({ a: [1] })],
    ['minus zero, which is zero', -0],
    ['the largest number', Number.MAX_VALUE],
    ['one object in two places', [circle.name, circle.name, [anything.examples, anything.examples]]],
    ['a property that is undefined, as one that is missing', { a: undefined }],
    ['null', null],
  ])('%s', (_what, value) => {
    expect(findPayloadError(anything, value)).toBeUndefined();
    expect(findReplyError(anything, value)).toBeUndefined();
  });

  test('whatever JSON.parse gives, but for numbers it cannot say back', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        fc.pre(!text.includes('__proto__') && !text.includes('constructor'));
        expect(findPayloadError(anything, JSON.parse(text))).toBeUndefined();
      }),
    );
  });
});

/** Values of all kinds, of which JSON can say some. */
const values = fc.anything({
  ...{ maxDepth: 3, withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true },
  ...{ withNullPrototype: true, withSparseArray: true, withTypedArray: true },
});

test('[C7] whatever passes is what JSON says back', () => {
  fc.assert(
    fc.property(values, (value) => {
      fc.pre(value !== undefined);
      if (findPayloadError(anything, { value })) return;
      const said = JSON.stringify({ value });
      expect(JSON.stringify(JSON.parse(said))).toBe(said);
      expect(findPayloadError(anything, JSON.parse(said))).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test('properties that are undefined are not counted', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, undefined]));
  expect(findPayloadError(anything, { ...many, a: 1 })).toBeUndefined();
});

describe('[A1] an event that declares no payload', () => {
  test('takes nothing, and what is small, which is dropped', () => {
    for (const sent of [undefined, null, {}, { reason: 'old' }])
      expect(findPayloadError(empty, sent)).toBeUndefined();
  });

  test.each([
    ['large', 'x'.repeat(3_000_000)],
    ['wide', Object.fromEntries(Array.from({ length: 100 }, (_, index) => [index, 1]))],
    ['deep', [[[[[]]]]]],
  ])('refuses what is %s', async (_what, sent) => {
    expect(await findPayloadError(empty, sent)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  test('has bounds of its own, unless it names others', () => {
    expect(empty.limits).toEqual(UNDECLARED_BOUNDS);
    const limits = { maxSize: 10_000 };
    const roomy = defineEvent({ description, limits });
    expect(findPayloadError(roomy, 'x'.repeat(5_000))).toBeUndefined();
  });
});

describe('a reply', () => {
  const reply = Type.Object({ position: Type.Integer() });
  const event = defineEvent({ description, reply });

  test('[E0] is held to its schema', async () => {
    expect(findReplyError(event, { position: 1 })).toBeUndefined();
    expect(await findReplyError(event, { position: 'first' })).toMatchObject({
      issues: [{ path: '/position', keyword: 'type' }],
    });
    expect(await findReplyError(event, undefined)).toMatchObject({ code: 'INVALID_PAYLOAD' });
  });

  test('has no bound on its size, only on its depth', async () => {
    const long = Array.from({ length: 200_000 }, () => 'x');
    expect(findReplyError(anything, long)).toBeUndefined();
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(await findReplyError(anything, deep)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  test('that is not declared is not looked at', () => {
    expect(findReplyError(empty, { a: 1n })).toBeUndefined();
  });
});
