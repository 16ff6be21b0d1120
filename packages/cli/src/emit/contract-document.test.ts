import { createPayloadSchema, defineContract, defineEvent, type SchemaLike } from '@wirepact/contract';
import * as Type from 'typebox';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { board } from '../test-contract';
import { live } from '../test-live-contract';
import { toContractDocument } from './contract-document';

const contractOf = (payload: SchemaLike, reply?: SchemaLike) =>
  defineContract({
    name: 'x',
    version: '1.0.0',
    clientToServer: { do_it: defineEvent({ description: 'Do it.', payload, ...(reply && { reply }) }) },
    serverToClient: {},
  });

const definitionsOf = (payload: SchemaLike, reply?: SchemaLike) =>
  toContractDocument(contractOf(payload, reply)).$defs;

test('has the contract, its events and its errors', () => {
  const document = toContractDocument(board);
  expect(document).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:wirepact:board:1.0.0',
    title: 'board',
    version: '1.0.0',
    clientToServer: {
      move_card: {
        description: 'Move a card.',
        payload: { $ref: '#/$defs/MoveCard' },
        reply: { $ref: '#/$defs/MoveCardReply' },
        errors: ['CARD_NOT_FOUND'],
        since: '1.0',
      },
    },
  });
  expect(Object.keys(document.clientToServer)).toEqual(['move_card', 'refresh']);
  expect(document.clientToServer.refresh).not.toHaveProperty('payload');
  expect(document.errors).toEqual(board.errors);
  expect(document.$defs.MoveCard).toEqual({
    type: 'object',
    required: ['cardId', 'column'],
    properties: { cardId: { type: 'string', format: 'uuid' }, column: { enum: ['todo', 'done'] } },
  });
});

test('is plain JSON', () => {
  const document = toContractDocument(board);
  expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document);
});

describe('a schema with a title', () => {
  const place = Type.Object({ x: Type.Integer() }, { title: 'Place' });

  test('is a type of its own, however often it is used', () => {
    const defs = definitionsOf(Type.Object({ from: place, to: Type.Array(place) }), place);
    expect(defs).toEqual({
      Place: { title: 'Place', type: 'object', required: ['x'], properties: { x: { type: 'integer' } } },
      DoIt: {
        type: 'object',
        required: ['from', 'to'],
        properties: {
          from: { $ref: '#/$defs/Place' },
          to: { type: 'array', items: { $ref: '#/$defs/Place' } },
        },
      },
    });
  });

  test('keeps its title as text where that is no name', () => {
    const schema = Type.Object({ at: Type.String({ title: 'when it was' }) });
    expect(definitionsOf(schema).DoIt?.properties?.at).toEqual({ type: 'string', title: 'when it was' });
  });

  test('is refused where another schema has the same one', () => {
    const other = Type.Object({ y: Type.Integer() }, { title: 'Place' });
    expect(() => definitionsOf(place, other)).toThrow(/do_it\.reply: another schema has the name Place/);
  });
});

test('writes tuples, records and recursion as 2020-12 has them', () => {
  const node = Type.Cyclic({ Node: Type.Object({ children: Type.Array(Type.Ref('Node')) }) }, 'Node');
  const schema = Type.Object({
    pair: Type.Tuple([Type.String(), Type.Number()]),
    counts: Type.Record(Type.String(), Type.Integer()),
    byId: Type.Record(Type.String({ pattern: '^a' }), Type.Integer()),
    node,
  });
  expect(definitionsOf(schema)).toMatchObject({
    DoIt: {
      properties: {
        pair: {
          type: 'array',
          prefixItems: [{ type: 'string' }, { type: 'number' }],
          items: false,
          minItems: 2,
        },
        counts: { type: 'object', additionalProperties: { type: 'integer' } },
        byId: { type: 'object', patternProperties: { '^a': { type: 'integer' } } },
        node: { $ref: '#/$defs/Node' },
      },
    },
    Node: { properties: { children: { items: { $ref: '#/$defs/Node' } } } },
  });
});

test('a record checks every name, one with a line break too', () => {
  const { payload } = contractOf(Type.Record(Type.String(), Type.Integer())).clientToServer.do_it ?? {};
  expect(payload?.check({ 'a\nb': 1 })).toBe(true);
  expect(payload?.check({ 'a\nb': 'x' })).toBe(false);
});

describe('what cannot be built is refused, all of it at once and by its place', () => {
  test.each([
    ['a refinement', Type.Refine(Type.String(), () => true), /do_it\.payload: \/properties\/a.*Refine/],
    ['a codec', Type.Codec(Type.String()).Decode(Number).Encode(String), /Codec/],
  ])('%s', (_what, schema, message) => {
    expect(() => definitionsOf(Type.Object({ a: schema }))).toThrow(
      expect.objectContaining({ code: 'INVALID_CONTRACT', message: expect.stringMatching(message) }),
    );
  });

  test.each([
    ['does not match', { to: 'x' }],
    ['is too large', { at: 1, to: 'x'.repeat(200) }],
  ])('an example that %s', (_what, example) => {
    const payload = Type.Object({ at: Type.Integer() });
    const event = { description: 'Do it.', payload, limits: { maxSize: 100 } };
    const build = (...examples: { at: number }[]) =>
      toContractDocument(
        defineContract({
          name: 'x',
          version: '1.0.0',
          clientToServer: { do_it: defineEvent({ ...event, examples }) },
          serverToClient: {},
        }),
      );
    expect(() => build({ at: 1 }, Object(example))).toThrow(/do_it\.examples\[1\]: it is not a payload/);
    expect(() => build({ at: 1 })).not.toThrow();
  });

  test('several at once', () => {
    const refined = Type.Refine(Type.String(), () => true);
    const schema = Type.Object({ a: refined, b: refined });
    expect(() => definitionsOf(schema)).toThrow(/properties\/a.*properties\/b/s);
  });

  test('a schema of another library, which is checked all the same', () => {
    const other = {
      '~standard': { version: 1 as const, vendor: 'other', validate: (value: unknown) => ({ value }) },
    };
    expect(() => definitionsOf(other)).toThrow(/do_it\.payload: it is a schema of other/);
  });

  test('an event that was built already', () => {
    const built = createPayloadSchema({ check: () => true, issues: () => [] });
    expect(() => definitionsOf(built)).toThrow(/do_it\.payload: it was built already/);
  });
});

test('what cannot be built ahead of time says so, by its event and its library', () => {
  const description = 'Move a card.';
  const zod = defineEvent({ description, payload: z.object({ id: z.string() }) });
  const valibot = defineEvent({ description, payload: v.object({ id: v.string() }) });
  const typebox = defineEvent({ description, payload: Type.Object({ id: Type.String() }) });
  const build = (clientToServer: Record<string, typeof zod>) =>
    toContractDocument(
      defineContract({ name: 'board', version: '1.0.0', clientToServer, serverToClient: {} }),
    );
  expect(() => build({ move_card: zod })).toThrow(
    /move_card\.payload: it is a schema of zod; only .* TypeBox/,
  );
  expect(() => build({ move_card: valibot })).toThrow(/schema of valibot/);
  expect(() => build({ move_card: typebox })).not.toThrow();
});

test('has all that events and errors may be declared with', () => {
  const { errors, presence, clientToServer, serverToClient, $defs } = toContractDocument(live);
  expect(presence).toEqual({ board: { $ref: '#/$defs/BoardPresence' } });
  expect(errors.CARD_LOCKED).toMatchObject({ retryable: true, data: { $ref: '#/$defs/CardLockedData' } });
  expect(errors.BOARD_FULL).not.toHaveProperty('data');
  expect(clientToServer).toMatchObject({
    move_card: { key: 'moveId', errors: ['CARD_LOCKED', 'BOARD_FULL'] },
    list_cards: { stream: { $ref: '#/$defs/ListCardsItem' }, resume: { item: 'id', payload: 'after' } },
  });
  expect(serverToClient).toMatchObject({
    cardMoved: { durable: true, key: 'moveId' },
    confirm_move: { reply: { $ref: '#/$defs/ConfirmMoveReply' } },
  });
  expect($defs.CardMoved?.properties).toMatchObject({ epoch: {}, seq: { type: 'integer' } });
  expect($defs.ListCardsItem?.required).toEqual(['id', 'title']);
  expect(clientToServer.move_card).not.toHaveProperty('stream');
});
