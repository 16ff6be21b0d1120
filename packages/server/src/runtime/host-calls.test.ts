import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createContractServer, createMemoryStore, defineDialect } from '../index';
import { board, connectTo, startBoard } from './test-board';
import { silent } from './test-client';

const boardId = Type.String();
const kept = defineContract({
  name: 'kept',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: {
    moved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ boardId }),
      room: { name: 'board', property: 'boardId' },
      durable: true,
    }),
  },
});

/** A room with a journal. */
function openRoom() {
  const server = createContractServer(kept, { handlers: {}, store: createMemoryStore(), logger: silent });
  onTestFinished(() => server.close());
  return { server, room: server.channel('board', 'b1') };
}

type Room = ReturnType<typeof openRoom>;
type Server = Awaited<ReturnType<typeof startBoard>>['server'];
const publish = ({ room }: Room, options: unknown) =>
  room.publish('moved', { boardId: 'b1' }, options as never);

test.each<[string, RegExp, (opened: Room) => unknown]>([
  ['null for options', /^publish: The options must be an object, not null\.$/, (room) => publish(room, null)],
  ['a key that is no text', /^publish: `key` must be a text, not 7\.$/, (room) => publish(room, { key: 7 })],
  ['an actor that is no text', /`actor` must be a text/, (room) => publish(room, { actor: 7 })],
  [
    'no transaction',
    /`transaction` must be a transaction of yours/,
    (room) => publish(room, { transaction: null }),
  ],
  [
    'a room without an id',
    /not \("board", undefined\)/,
    ({ server }) => server.channel('board', undefined as never),
  ],
  [
    'nobody to take out',
    /^remove needs the id of an entity, not undefined\.$/,
    ({ room }) => room.remove(undefined as never),
  ],
  [
    'no reducer',
    /^reduce needs a function, not undefined\.$/,
    ({ room }) => room.reduce(undefined as never, 0),
  ],
])('a room with a journal refuses in words: %s', async (_what, message, call) => {
  const opened = openRoom();
  await expect(async () => call(opened)).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringMatching(message),
  });
});

test('a server of a contract listens once its store is open', async () => {
  const open = () => Promise.reject(new Error('the disk is gone'));
  const store = { ...createMemoryStore(), open };
  const server = createContractServer(kept, { handlers: {}, store, logger: silent });
  onTestFinished(() => server.close());
  await expect(server.listen(0, '127.0.0.1')).rejects.toThrow('the disk is gone');
  expect(server.httpServer.listening).toBe(false);
});

describe('a connection', () => {
  const connect = async () => {
    const { server, url } = await startBoard();
    const client = await connectTo(url);
    const [connection] = server.connections;
    if (!connection) throw new Error('nobody is connected');
    return { server, client, connection };
  };
  type Connected = Awaited<ReturnType<typeof connect>>;
  const ask = ({ connection }: Connected, options: unknown) =>
    connection.request('confirm_move', { cardId: 'c1' }, options as never);

  test.each<[string, RegExp, (connected: Connected) => unknown]>([
    [
      'an end without a reason',
      /^end needs one of .*KICKED/,
      ({ connection }) => connection.end(undefined as never),
    ],
    ['an end that is none', /, not "typo"\.$/, ({ connection }) => connection.end('typo' as never)],
    ['an end in no words', /^end: `message`/, ({ connection }) => connection.end('KICKED', 7 as never)],
    ['a room without a name', /not \(undefined\)/, ({ connection }) => connection.join(undefined as never)],
    ['an id that is no text', /not \("board", 7\)/, ({ connection }) => connection.join('board', 7 as never)],
    ['a room that is null', /not \(null\)/, ({ connection }) => connection.isIn(null as never)],
    ['such a room to leave', /A room is named by a text/, ({ connection }) => connection.leave({} as never)],
    [
      'such a room to send to',
      /A room is named by a text/,
      ({ server }) => server.to(7 as never).emit('refreshed'),
    ],
    [
      'somebody to leave out who is none',
      /^except needs connections, such as `connection` of a handler, not "c1"\.$/,
      ({ server }) => server.except('c1' as never).emit('refreshed'),
    ],
    ['no options of a request', /^request: The options must be/, (connected) => ask(connected, null)],
    [
      'a time without end',
      /`timeoutMs` must be a number over 0/,
      (connected) => ask(connected, { timeoutMs: Infinity }),
    ],
    [
      'a signal that is none',
      /`signal` must be an AbortSignal/,
      (connected) => ask(connected, { signal: {} }),
    ],
    [
      'nobody to disconnect',
      /^disconnect needs the id of an entity, not undefined\.$/,
      ({ server }) => server.disconnect(undefined as never),
    ],
    [
      'null for a disconnect',
      /^disconnect: The options/,
      ({ server }) => server.disconnect('x', null as never),
    ],
  ])('refuses in words: %s', async (_what, message, call) => {
    const connected = await connect();
    await expect(async () => call(connected)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: expect.stringMatching(message),
    });
    // It is as it was.
    connected.connection.end('KICKED', 'for good');
    expect(await connected.client.waitFor('wirepact:ended')).toMatchObject({ message: 'for good' });
  });
});

test.each<[string, (connected: { server: Server; connection: Server['connections'][number] }) => unknown]>([
  [
    'to one',
    ({ connection }) => Reflect.apply(connection.emit, connection, ['refreshed', undefined, () => {}]),
  ],
  [
    'to a room',
    ({ server }) => Reflect.apply(server.to('board', 'b1').emit, server, ['refreshed', () => {}]),
  ],
])('an event %s takes no callback, which would end whoever answers it', async (_whom, emit) => {
  const { server, url } = await startBoard({}, { checkEmits: false });
  const client = await connectTo(url);
  const [connection] = server.connections;
  if (!connection) throw new Error('nobody is connected');
  expect(() => emit({ server, connection })).toThrow(
    expect.objectContaining({
      code: 'INVALID_EMIT',
      message: expect.stringContaining('"refreshed" was not sent: emit takes one payload and no callback.'),
    }),
  );
  await client.ask('refresh');
  expect(client.received.map(({ event }) => event)).toEqual(['wirepact:established']);
});

test('what a handler calls wrongly is its fault, and none of its client’s business', async () => {
  const { url } = await startBoard({
    refresh: ({ connection }) => {
      connection.join(undefined as never);
      return null;
    },
  });
  const client = await connectTo(url);
  expect(await client.ask('refresh')).toMatchObject({ error: { code: 'INTERNAL' } });
});

test.each<[string, unknown[], string]>([
  ['nothing', [], 'A contract made by `defineContract` comes first, not undefined.'],
  ['a contract alone', [board], 'The options must be an object, not undefined.'],
  ['no name', [board, { receive: {}, send: {} }], '`name` of a dialect is missing.'],
  [
    'a name with blanks',
    [board, { name: 'my wire' }],
    '`name` must be a text of letters, digits and hyphens',
  ],
  ['nothing to receive', [board, { name: 'old', send: {} }], '`receive` of a dialect is missing.'],
  [
    'no function',
    [board, { name: 'old', receive: { move: 'move_card' } }],
    '`receive` must be an object with a function',
  ],
  ['an option misspelled', [board, { name: 'old', recieve: {} }], 'did you mean `receive`?'],
])('a dialect made of %s is refused in words', (_what, args, message) => {
  expect(() => Reflect.apply(defineDialect, undefined, args)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
  );
});
