import * as Type from 'typebox';
import { expect, expectTypeOf, test } from 'vitest';
import { defineContract, extendContract } from './define-contract';
import { defineEvent } from './define-event';
import type { PresenceOf } from './infer';
import type { SchemaLike } from './schema-like';

const cardMoved = defineEvent({
  description: 'A card was moved.',
  payload: Type.Object({ boardId: Type.String() }),
  room: { name: 'board', property: 'boardId' },
});
const parts = { version: '1.0.0', clientToServer: {}, serverToClient: { cardMoved } };
const Typing = Type.Object({ typing: Type.Optional(Type.Boolean()) });
const board = defineContract({ name: 'board', ...parts, presence: { board: Typing } });

test('[PRESENCE-5] a contract says what members of a room do, and checks it', async () => {
  const { presence } = board;
  expect(presence?.board.check({ typing: true })).toBe(true);
  expect(await presence?.board.issues({ typing: 1 })).toMatchObject([{ path: '/typing', keyword: 'type' }]);
  expectTypeOf<PresenceOf<typeof board, 'board'>>().toEqualTypeOf<{ typing?: boolean }>();
  expectTypeOf<PresenceOf<typeof board, 'list'>>().toBeNever();
  expect(defineContract({ name: 'bare', ...parts })).not.toHaveProperty('presence');
});

test('an extension says more of the same room, and of others: a state is as both say', async () => {
  const hallNoticed = defineEvent({
    description: 'Something is in the hall.',
    payload: Type.Object({ hallId: Type.String() }),
    room: { name: 'hall', property: 'hallId' },
  });
  const extended = extendContract(board, {
    name: 'more',
    version: '1.0.0',
    serverToClient: { hallNoticed },
    presence: { board: Type.Object({ at: Type.Number() }), hall: Type.Object({ open: Type.Boolean() }) },
  });
  expectTypeOf<PresenceOf<typeof extended, 'board'>>().toEqualTypeOf<{ typing?: boolean } & { at: number }>();
  expectTypeOf<PresenceOf<typeof extended, 'hall'>>().toEqualTypeOf<{ open: boolean }>();
  const { presence } = extended;
  expect(presence?.board.check({ typing: true, at: 1 })).toBe(true);
  expect(await presence?.board.issues({ typing: 1 })).toMatchObject([{ path: '/typing' }, { path: '/at' }]);
  expect([{ typing: true }, { typing: 1, at: 1 }].map((state) => presence?.board.check(state))).toEqual([
    false,
    false,
  ]);
  expect(presence?.board.declaration?.json).toMatchObject({
    allOf: [{ type: 'object' }, { required: ['at'] }],
  });
  expect(presence?.hall.check({})).toBe(false);
  expect(extendContract(board, { name: 'same', version: '1.0.0' }).presence).toEqual(board.presence);
});

test('what both say is one JSON Schema, with the definitions of both', () => {
  const node = (name: string) =>
    Type.Unsafe<{ next?: unknown }>({
      type: 'object',
      properties: { next: { $ref: `#/$defs/${name}` } },
      $defs: { [name]: { type: 'object' } },
    });
  const json = (base: SchemaLike, added: SchemaLike) => {
    const one = defineContract({ name: 'one', ...parts, presence: { board: base } });
    const both = extendContract(one, { name: 'both', version: '1.0.0', presence: { board: added } });
    return both.presence?.board.declaration?.json;
  };
  expect(json(node('Here'), node('There'))).toEqual({
    allOf: [
      { type: 'object', properties: { next: { $ref: '#/$defs/Here' } } },
      { type: 'object', properties: { next: { $ref: '#/$defs/There' } } },
    ],
    $defs: { Here: { type: 'object' }, There: { type: 'object' } },
  });
  expect(json(Typing, Typing)).not.toHaveProperty('$defs');
});

test.each([
  [
    'a room that there is not',
    { bord: Typing },
    /no event .* belongs to a room "bord"; did you mean "board"\?/,
  ],
  ['a room far from any', { somewhere: Typing }, /room "somewhere"\. Its rooms are: board\./],
  ['what is no schema', { board: 7 }, /board: presence of board: this is not a schema/],
  ['what is no object', [Typing], /presence has to be an object of schemas/],
])('[E13] refuses the presence of %s', (_what, presence, message) => {
  expect(() => Reflect.apply(defineContract, undefined, [{ name: 'board', ...parts, presence }])).toThrow(
    expect.objectContaining({ code: 'INVALID_CONTRACT', message: expect.stringMatching(message) }),
  );
});
