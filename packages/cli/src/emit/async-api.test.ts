import { Parser } from '@asyncapi/parser';
import type { JsonSchemaObject } from '@wirepact/contract';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { board } from '../test-contract';
import { live } from '../test-live-contract';
import { emitAsyncApi } from './async-api';
import { toContractDocument } from './contract-document';
import { awkwardDocument, boardDocument, documentOf, eventOf } from './test-documents';

/** What AsyncAPI's own parser finds fault with. (It also tells that there is a 3.1: that is no fault.) */
async function faultsOf(document: object): Promise<string[]> {
  const diagnostics = await new Parser().validate(JSON.stringify(document));
  return diagnostics
    .filter(({ code }) => code !== 'asyncapi-latest-version')
    .map(({ message, path }) => `${path.join('/')}: ${message}`);
}

describe('AsyncAPI’s parser finds no fault with', () => {
  test.each([
    ['a small contract', boardDocument],
    ['awkward names and schemas', awkwardDocument],
    ['an empty contract', documentOf({})],
    ['a contract that was defined', toContractDocument(board)],
    ['streams, durable events, questions and errors that tell more', toContractDocument(live)],
  ])('%s', async (_, document) => {
    expect(await faultsOf(emitAsyncApi(document))).toEqual([]);
  });
});

test('AsyncAPI’s parser does find fault where there is some', async () => {
  expect(await faultsOf({ ...emitAsyncApi(boardDocument), channels: {} })).not.toEqual([]);
});

describe('the events of a small contract', () => {
  const { channels, operations, components } = emitAsyncApi(boardDocument);

  test('are received with an acknowledgement as the reply, or sent', () => {
    expect(operations).toMatchObject({
      move_card: {
        action: 'receive',
        channel: { $ref: '#/channels/board' },
        summary: 'Move a card.',
        description: 'Move a card. Everybody at the board sees it move.',
        messages: [{ $ref: '#/channels/board/messages/move_card' }],
        reply: {
          channel: { $ref: '#/channels/root' },
          messages: [{ $ref: '#/channels/root/messages/move_card-ack' }],
        },
        'x-errors': ['CARD_NOT_FOUND'],
        'x-limits': { maxDepth: 16 },
      },
      refresh: { action: 'receive', channel: { $ref: '#/channels/root' } },
      cardMoved: { action: 'send', 'x-since': '1.1', 'x-deprecated': 'Use `cardPlaced`.' },
    });
    expect(operations.cardMoved).not.toHaveProperty('reply');
  });

  test('are on the channel of their room, or on the connection’s', () => {
    expect(channels).toMatchObject({
      root: { address: '/' },
      board: { address: '{board}', parameters: { board: { location: '$message.payload#/boardId' } } },
    });
    const messagesOf = (channel: unknown) => Object.keys(Object(Reflect.get(Object(channel), 'messages')));
    expect(messagesOf(channels.root)).toEqual(['refresh', 'move_card-ack', 'refresh-ack']);
    expect(messagesOf(channels.board)).toEqual(['move_card', 'cardMoved']);
  });

  test('have messages with payload and examples', () => {
    const { move_card, refresh } = boardDocument.clientToServer;
    expect(components.messages.move_card).toMatchObject({
      name: 'move_card',
      payload: { $ref: '#/components/schemas/MoveCard' },
      examples: move_card?.examples.map((payload) => ({ payload })),
    });
    expect(refresh).toBeDefined();
    expect(components.messages.refresh).not.toHaveProperty('payload');
    expect(components.messages['refresh-ack']).toMatchObject({
      payload: {
        oneOf: [{ properties: { data: { type: 'null' } } }, { $ref: '#/components/schemas/Failure' }],
      },
    });
  });
});

test('a room and who acts are told with the operation', () => {
  const room = { name: 'board', property: 'boardId', fallback: 'board' };
  const clientToServer = {
    move: eventOf({ payload: { $ref: '#/$defs/X' }, room, actor: 'by' }),
    stop: eventOf(),
  };
  const { operations, channels } = emitAsyncApi(documentOf({ X: {} }, { clientToServer }));
  expect(operations.move).toMatchObject({ 'x-room': room, 'x-actor': 'by' });
  expect(operations.stop).not.toHaveProperty('x-room');
  expect(operations.stop).not.toHaveProperty('x-actor');
  expect(JSON.stringify(channels)).toContain('`boardId` or `board`');
});

test('a room that events name by several properties says so', () => {
  const room = (property: string) =>
    eventOf({ payload: { $ref: '#/$defs/X' }, room: { name: 'channel', property } });
  const serverToClient = { a: room('channelId'), b: room('roomId'), c: room('channelId') };
  const { channels } = emitAsyncApi(documentOf({ X: {} }, { serverToClient }));
  expect(channels.channel).toMatchObject({
    parameters: { channel: { description: 'Names the channel: the payload’s `channelId` or `roomId`.' } },
  });
  expect(JSON.stringify(channels.channel)).not.toContain('location');
});

test('names that AsyncAPI does not allow get keys, each its own', () => {
  const { components } = emitAsyncApi(awkwardDocument);
  expect(Object.keys(components.messages)).toEqual([
    ...['card_moved_', 'card_moved_-ack', 'card_moved__2', 'card_moved_-ack_2', 'ping', 'ping-ack'],
    ...['ping_2', 'gr__er', 'gr__e_r'],
  ]);
  expect(Object.keys(components.schemas)).toEqual(['Gr__e', 'Tree', 'Object', 'Both', 'Ack', 'Failure']);
  expect(components.messages.card_moved_).toMatchObject({ name: 'card:moved!' });
});

test('a type may be called Failure', () => {
  const serverToClient = { failed: eventOf({ payload: { $ref: '#/$defs/Failure' } }) };
  const { components } = emitAsyncApi(documentOf({ Failure: { const: 1 } }, { serverToClient }));
  expect(components.schemas).toMatchObject({ Failure: { const: 1 }, Failure_2: { type: 'object' } });
});

describe('in draft 07, the same values match', () => {
  test.each<[string, JsonSchemaObject, readonly unknown[]]>([
    [
      'a tuple',
      { type: 'array', prefixItems: [{ type: 'string' }], items: false, minItems: 1 },
      [['a'], ['a', 1], [1], []],
    ],
    ['an open tuple', { prefixItems: [{ const: 1 }], items: { const: 2 } }, [[1, 2, 2], [1, 3], [], 'x']],
    ['an open end', { prefixItems: [{ const: 1 }] }, [[1, 3], [2]]],
    [
      'dependencies',
      { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['d'] } } },
      [{ a: 1 }, { a: 1, b: 1 }, { c: 1 }, { c: 1, d: 1 }, {}],
    ],
    [
      'a reference with others beside it',
      { $ref: '#/$defs/Y', minLength: 2, allOf: [{ maxLength: 3 }] },
      ['a', 'ab', 'abcd', 1],
    ],
    ['an optional content', { contains: { const: 1 }, minContains: 0 }, [[], [2]]],
    [
      'what is named like a keyword',
      { properties: { items: { $ref: '#/$defs/Y' }, prefixItems: { type: 'null' } } },
      [{ items: 'a' }, { items: 1 }, { prefixItems: 1 }],
    ],
    [
      'a value that looks like a schema',
      { const: { $ref: '#/$defs/Y', prefixItems: [] } },
      [{ $ref: '#/$defs/Y', prefixItems: [] }, {}],
    ],
  ])('%s', (_, schema, values) => {
    const document = documentOf({ X: schema, Y: { type: 'string' } });
    const newer = new Ajv2020({ strict: false }).compile({ ...document, $ref: '#/$defs/X' });
    const older = new Ajv({ strict: false }).compile({
      ...emitAsyncApi(document),
      id: undefined,
      $ref: '#/components/schemas/X',
    });
    expect(values.map((value) => older(value))).toEqual(values.map((value) => newer(value)));
    expect(new Set(values.map((value) => newer(value))).size).toBeGreaterThan(
      schema.minContains === 0 ? 0 : 1,
    );
  });
});

describe('a contract with all that events may have', () => {
  const { channels, operations, components, ...document } = emitAsyncApi(toContractDocument(live));
  const root = (key: string) => ({ $ref: `#/channels/root/messages/${key}` });

  test('answers with a stream by messages: its name, its items, its end', () => {
    expect(operations.list_cards).toMatchObject({
      action: 'receive',
      reply: { messages: [root('list_cards-ack'), root('list_cards-items'), root('stream-end')] },
      'x-resume': { item: 'id', payload: 'after' },
    });
    expect(channels.root).toMatchObject({ messages: { 'list_cards-items': {}, 'stream-end': {} } });
    const item = { $ref: '#/components/schemas/ListCardsItem' };
    expect(components.messages).toMatchObject({
      'list_cards-ack': { payload: { oneOf: [{ properties: { data: { required: ['stream'] } } }, {}] } },
      'list_cards-items': {
        name: 'wirepact:stream_items',
        payload: { properties: { items: { type: 'array', items: item } } },
      },
      'stream-end': {
        name: 'wirepact:stream_end',
        payload: { properties: { error: { $ref: '#/components/schemas/Failure/properties/error' } } },
      },
    });
  });

  test('has what members of a room do', () => {
    expect(document['x-presence']).toEqual({ board: { $ref: '#/components/schemas/BoardPresence' } });
    expect(components.schemas.BoardPresence).toMatchObject({ properties: { typing: { type: 'boolean' } } });
  });

  test('has the answer of a client to what the server asks', () => {
    expect(operations.confirm_move).toMatchObject({
      action: 'send',
      reply: { channel: { $ref: '#/channels/root' }, messages: [root('confirm_move-ack')] },
    });
    expect(operations.cardMoved).not.toHaveProperty('reply');
  });

  test('says which events are durable, and what names a send', () => {
    expect(operations.cardMoved).toMatchObject({ 'x-durable': true, 'x-key': 'moveId' });
    expect(operations.move_card).toMatchObject({ 'x-key': 'moveId' });
    expect(operations.move_card).not.toHaveProperty('x-durable');
  });

  test('says what an error tells besides', () => {
    expect(document['x-errors']).toMatchObject({
      CARD_LOCKED: { retryable: true, data: { $ref: '#/components/schemas/CardLockedData' } },
    });
    expect(document['x-errors'].BOARD_FULL).not.toHaveProperty('data');
    const failure = { properties: { error: { properties: { data: expect.anything() } } } };
    expect(components.schemas.Failure).toMatchObject(failure);
    expect(emitAsyncApi(boardDocument).components.schemas.Failure).not.toMatchObject(failure);
  });
});
