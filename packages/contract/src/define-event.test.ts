import * as Old from '@sinclair/typebox';
import * as Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvent } from './define-event';
import { findPayloadError } from './payload-error';
import type { SchemaLike } from './schema-like';

const description = 'Move a card.';

/** Declares an event as JavaScript does, or a cast: whatever the types say. */
const define = (payload: unknown, more: object = {}) =>
  defineEvent({ description, payload: payload as SchemaLike, ...more });

const refusalOf = (declare: () => unknown): unknown => {
  try {
    declare();
    return undefined;
  } catch (error) {
    return error;
  }
};

const inside = (schema: Type.TSchema) => Type.Object({ a: schema });

describe('[E13] what is no schema is refused where the event is defined', () => {
  test.each<[string, unknown, RegExp]>([
    ['an object of words', { id: 'string' }, /payload: this is not a schema.*Type\.Object/],
    ['a text', 'string', /this is not a schema/],
    ['null', null, /this is not a schema/],
    ['a list', [Type.String()], /this is not a schema/],
    ['a class', String, /this is not a schema/],
    ['a schema of a library without the interface', { _def: {}, parse: () => 1 }, /`~standard`/],
    ['a property that is none', inside('string' as never), /"\/properties\/a": "string" stands where/],
    ['a property that is a class', inside(String as never), /"\/properties\/a": .* stands where/],
    [
      'a keyword with a slip',
      inside(Type.String({ maxLenght: 3 })),
      /"maxLenght".*did you mean "maxLength"\?/,
    ],
    ['a keyword of something else', Type.Unsafe({ id: 'string' }), /"id" is not one that a contract may use/],
    ['a format with a slip', inside(Type.String({ format: 'emial' })), /"emial".*did you mean "email"\?/],
    ['a format that needs tables', inside(Type.String({ format: 'hostname' })), /use a pattern/],
    [
      'a bound that is no number',
      inside(Type.String({ maxLength: '3' as never })),
      /takes a number, not "3"/,
    ],
    ['a pattern that is none', inside(Type.String({ pattern: '(' })), /not a regular expression/],
    ['unevaluatedProperties', Type.Object({}, { unevaluatedProperties: false }), /say it with others/],
  ])('%s', (_what, payload, message) => {
    for (const part of ['payload', 'reply'])
      expect(refusalOf(() => defineEvent({ description, [part]: payload }))).toMatchObject({
        code: 'INVALID_CONTRACT',
        message: expect.stringMatching(`event "${description}", ${part}`),
      });
    expect(refusalOf(() => define(payload))).toMatchObject({ message: expect.stringMatching(message) });
  });
});

describe('[E13] what is no option is refused where the event is defined', () => {
  test.each<[string, object, RegExp]>([
    ['an option with a slip', { paylaod: Type.Object({}) }, /no option "paylaod"; did you mean "payload"\?/],
    ['an option of something else', { handler: () => 1 }, /no option "handler"\.$/],
    ['a limit with a slip', { limits: { maxDeth: 2 } }, /limits: there is no option "maxDeth".*"maxDepth"/],
    ['a limit that is no number', { limits: { maxSize: '5' } }, /maxSize takes a whole number.*not 5/],
    ['a limit below zero', { limits: { maxDepth: -1 } }, /maxDepth takes a whole number/],
    ['a limit that no JSON has', { limits: { maxSize: Number.POSITIVE_INFINITY } }, /not Infinity/],
    ['limits that are none', { limits: 5 }, /limits: the options have to be an object/],
  ])('%s', (_what, more, message) => {
    expect(refusalOf(() => define(Type.Object({}), more))).toMatchObject({
      code: 'INVALID_CONTRACT',
      message: expect.stringMatching(message),
    });
  });

  test('nothing at all', () => {
    expect(refusalOf(() => Reflect.apply(defineEvent, undefined, [undefined]))).toMatchObject({
      code: 'INVALID_CONTRACT',
    });
  });
});

describe('[E3] a schema that JSON cannot keep is refused where the event is defined', () => {
  test.each<[string, unknown, RegExp]>([
    ['a type that JSON does not have', inside(Type.BigInt()), /takes array.*not "bigint"/],
    ['undefined', inside(Type.Undefined()), /not "undefined"/],
    ['a function', inside(Type.Function([], Type.Null())), /"\/properties\/a"/],
    ['a type with a slip', Type.Unsafe({ type: 'strnig' }), /not "strnig"/],
    ['a reference that leads nowhere', inside(Type.Ref('Card')), /"#\/\$defs\/Card"; refer to a type/],
    ['a reference into the web', Type.Unsafe({ $ref: 'https://a.example/b' }), /refer to a type/],
    [
      'a type that is itself',
      Type.Cyclic({ Node: Type.Union([Type.Null(), Type.Ref('Node')]) }, 'Node'),
      /leads back to "Node"/,
    ],
    ['a definition that is wrong', Type.Cyclic({ A: Type.Null(), B: Type.BigInt() }, 'A'), /"bigint"/],
  ])('%s', (_what, payload, message) => {
    expect(refusalOf(() => define(payload))).toMatchObject({
      code: 'INVALID_CONTRACT',
      message: expect.stringMatching(message),
    });
  });
});

describe('[E3] schemas of TypeBox before 1.0', () => {
  const oldText = Old.Type.String();

  test.each<[string, unknown]>([
    ['a text', oldText],
    ['an object', Old.Type.Object({ id: oldText })],
    ['a date', Old.Type.Date()],
    ['a recursion', Old.Type.Recursive((self) => Old.Type.Object({ children: Old.Type.Array(self) }))],
    ['a transform', Old.Type.Transform(oldText).Decode(Number).Encode(String)],
    ['inside one of today', inside(oldText as never)],
  ])('%s is refused, with what to install', (_what, payload) => {
    expect(refusalOf(() => define(payload))).toMatchObject({
      code: 'INVALID_CONTRACT',
      message: expect.stringMatching(/@sinclair\/typebox.*npm install typebox/),
    });
  });
});

describe('[A1] what names the room and who acts is in the payload', () => {
  const payload = Type.Intersect([
    Type.Object({ boardId: Type.String() }),
    Type.Union([Type.Object({ by: Type.String() }), Type.Object({ old: Type.String() })]),
  ]);
  const room = { name: 'board', property: 'boardId', fallback: 'old' };

  test('and is taken then', () => {
    expect(define(payload, { room, actor: 'by' })).toMatchObject({ room, actor: 'by' });
    const other = z.object({ boardId: z.string() });
    expect(define(other, { room: { name: 'board', property: 'boardId' } })).toMatchObject({
      actor: undefined,
    });
  });

  test.each([
    ['a room', { room: { ...room, property: 'bordId' } }, /`bordId` is to name the room/],
    ['its fallback', { room: { ...room, fallback: 'older' } }, /`older` is to name the room/],
    ['who acts', { actor: 'bye' }, /`bye` is to name who acts/],
  ])('%s that no property names is refused', (_what, more, message) => {
    expect(() => define(payload, more)).toThrow(message);
    expect(() => defineEvent({ description, ...more })).toThrow(/to name/);
  });
});

describe('code beside a schema', () => {
  const even = Type.Refine(
    Type.Integer(),
    (value) => value % 2 === 0,
    () => 'must be even',
  );
  const event = define(inside(even));

  test('is asked, once the schema lets the value pass', async () => {
    expect(findPayloadError(event, { a: 2 })).toBeUndefined();
    const issuesFor = async (a: unknown) => (await findPayloadError(event, { a }))?.issues;
    expect(await issuesFor(3)).toEqual([{ path: '/a', message: 'must be even', keyword: 'refine' }]);
    expect(await issuesFor('3')).toEqual([{ path: '/a', message: 'must be integer', keyword: 'type' }]);
  });

  test('does not change what is on the wire', () => {
    const codec = Type.Codec(Type.String()).Decode(Number).Encode(String);
    expect(findPayloadError(define(inside(codec)), { a: '1' })).toBeUndefined();
    expect(findPayloadError(define(inside(codec)), { a: 1 })).toBeDefined();
  });
});

test('JSON Schema as it is, and a schema of another library, are taken', () => {
  const json = { type: 'object', properties: { a: { type: 'string' } } };
  for (const payload of [json, Type.Unsafe(json), z.object({ a: z.string().optional() })]) {
    expect(findPayloadError(define(payload), { a: 'x' })).toBeUndefined();
    expect(findPayloadError(define(payload), { a: 1 })).toBeDefined();
  }
});

test('[E3] a schema that has to be awaited is refused at the first check, and that it rejects ends no process', async () => {
  const unheard: unknown[] = [];
  const onUnheard = (cause: unknown) => unheard.push(cause);
  process.on('unhandledRejection', onUnheard);
  const validate = () => Promise.reject(new Error('the database is away'));
  const event = define({ '~standard': { version: 1, vendor: 'slow', validate } });
  expect(() => findPayloadError(event, {})).toThrow(expect.objectContaining({ code: 'INVALID_CONTRACT' }));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', onUnheard);
  expect(unheard).toEqual([]);
});
