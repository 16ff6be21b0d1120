import { defineContract, defineEvent } from '@wirepact/contract';
import { type Ack, type PayloadOf, SESSION_NAMES } from '@wirepact/contract/runtime';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../chat/store/memory-store';
import { createContractServer } from './attach-contract';
import type { ContractServerOptions } from './contract-server-options';
import type { EventStore } from './ports/event-store';

const room = { name: 'board', property: 'boardId' } as const;
const move = Type.Object({
  boardId: Type.String(),
  card: Type.Integer(),
  moveId: Type.Optional(Type.String()),
});
const board = defineContract({
  name: 'board',
  version: '1.0.0',
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card.',
      payload: move,
      reply: Type.Object({ seq: Type.Integer(), repeated: Type.Boolean() }),
      key: 'moveId',
      room,
    }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: move,
      durable: true,
      key: 'moveId',
      room,
    }),
    noticed: defineEvent({
      description: 'Not kept.',
      payload: Type.Object({ boardId: Type.String() }),
      room,
    }),
  },
});
type Board = typeof board;
type Moved = PayloadOf<Board['serverToClient']['cardMoved']>;

async function serve(
  options: Partial<ContractServerOptions<Board>> = {},
  store: EventStore = createMemoryStore(),
) {
  const server = createContractServer(board, {
    handlers: {
      move_card: async ({ channel }, payload) => {
        const { seq, repeated } = await channel('board', payload.boardId).publish('cardMoved', payload);
        return { seq, repeated };
      },
    },
    store,
    logger: pino({ level: 'silent' }),
    authenticate: ({ auth }) => ({ entityId: String(auth.as) }),
    rateLimit: false,
    ...options,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  return { server, url };
}

/** A client with socket.io-client alone, and the events of the board it has received. */
function connect(url: string, as: string) {
  const socket: Socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { as },
  });
  onTestFinished(() => void socket.disconnect());
  const moved: Moved[] = [];
  const told: { event: string; payload: unknown }[] = [];
  socket.onAny((event: string, payload: Moved) => {
    if (event === 'cardMoved') moved.push(payload);
    else told.push({ event, payload });
  });
  const ask = (event: string, payload: object): Promise<Ack<Record<string, unknown>>> =>
    socket.emitWithAck(event, payload);
  const join = (id: string, resume?: object) =>
    ask(SESSION_NAMES.join, { room: 'board', id, ...(resume && { resume }) });
  return { socket, moved, told, ask, join };
}

const dataOf = (ack: Ack<Record<string, unknown>>) => (ack.ok ? ack.data : { error: ack.error });

test('[ROOM-1] [ROOM-2] [ROOM-6] what is published in a room reaches its members once, with its place; only the sender is told its key', async () => {
  const { url, server } = await serve();
  const [ada, bob, eve] = [connect(url, 'ada'), connect(url, 'bob'), connect(url, 'eve')];
  const { epoch } = dataOf(await ada.join('b1'));
  expect(dataOf(await bob.join('b1'))).toEqual({ epoch, seq: 0 });
  await eve.join('b2');
  expect(dataOf(await ada.ask('move_card', { boardId: 'b1', card: 1, moveId: 'm1' }))).toEqual({
    seq: 1,
    repeated: false,
  });
  await server.channel('board', 'b1').publish('cardMoved', { boardId: 'b1', card: 2 });
  await expect.poll(() => bob.moved).toHaveLength(2);
  expect(bob.moved).toEqual([
    { boardId: 'b1', card: 1, epoch, seq: 1 },
    { boardId: 'b1', card: 2, epoch, seq: 2 },
  ]);
  expect(ada.moved).toEqual([
    { boardId: 'b1', card: 1, epoch, seq: 1, moveId: 'm1' },
    { boardId: 'b1', card: 2, epoch, seq: 2 },
  ]);
  expect(eve.moved).toEqual([]);
});

test('[ROOM-1] what is published is what was given, whatever becomes of the object meanwhile', async () => {
  const { url, server } = await serve();
  const ada = connect(url, 'ada');
  await ada.join('b1');
  const labels = ['given'];
  const given = { boardId: 'b1', card: 1, labels };
  const published = server.channel('board', 'b1').publish('cardMoved', given);
  labels.push('later');
  await published;
  await expect.poll(() => ada.moved).toMatchObject([{ labels: ['given'] }]);
  const { state } = await server.channel('board', 'b1').reduce((_, { payload }) => payload, {});
  expect(state).toMatchObject({ labels: ['given'] });
});

test('[ROOM-5] a send that is repeated takes place once, and is answered as the first was', async () => {
  const { url } = await serve();
  const [ada, bob] = [connect(url, 'ada'), connect(url, 'bob')];
  await ada.join('b1');
  const payload = { boardId: 'b1', card: 1, moveId: 'm1' };
  const first = dataOf(await ada.ask('move_card', payload));
  expect(dataOf(await ada.ask('move_card', payload))).toEqual({ ...first, repeated: true });
  // The key is of one sender: another may use the same.
  expect(dataOf(await bob.ask('move_card', payload))).toEqual({ seq: 2, repeated: false });
  await expect.poll(() => ada.moved.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('[ROOM-3] [ROOM-4] who comes back gets what it missed, in order; who cannot is told', async () => {
  const { url, server } = await serve();
  const ada = connect(url, 'ada');
  const { epoch } = dataOf(await ada.join('b1'));
  const { publish } = server.channel('board', 'b1');
  await publish('cardMoved', { boardId: 'b1', card: 1 });
  ada.socket.disconnect();
  for (const card of [2, 3, 4]) await publish('cardMoved', { boardId: 'b1', card });
  const again = connect(url, 'ada');
  expect(dataOf(await again.join('b1', { epoch, seq: 1 }))).toEqual({ epoch, seq: 4, recovered: true });
  expect(again.moved.map(({ card, seq }) => [card, seq])).toEqual([
    [2, 2],
    [3, 3],
    [4, 4],
  ]);
  const stranger = connect(url, 'eve');
  expect(dataOf(await stranger.join('b1', { epoch: 'other', seq: 1 }))).toMatchObject({
    seq: 4,
    recovered: false,
  });
});

test('two servers on one store tell each other’s members, once', async () => {
  const store = createMemoryStore();
  const [one, two] = [await serve({}, store), await serve({}, store)];
  const ada = connect(one.url, 'ada');
  const bob = connect(two.url, 'bob');
  await ada.join('b1');
  await bob.join('b1');
  await one.server.channel('board', 'b1').publish('cardMoved', { boardId: 'b1', card: 1 });
  await expect.poll(() => ada.moved).toHaveLength(1);
  // This store tells nobody: heads are looked at now and then.
  await expect.poll(() => bob.moved).toHaveLength(1);
});

test('[ROOM-7] [ROOM-8] a room is joined where the host allows it, and left when it says so', async () => {
  const allowed = new Set(['b1']);
  const { url, server } = await serve({
    authorize: ({ event, room: about }) => event !== SESSION_NAMES.join || allowed.has(String(about?.id)),
  });
  const ada = connect(url, 'ada');
  expect(dataOf(await ada.join('b2'))).toMatchObject({ error: { code: 'FORBIDDEN' } });
  await ada.join('b1');
  expect(await server.channel('board', 'b1').recheck()).toBe(0);
  allowed.clear();
  expect(await server.channel('board', 'b1').recheck()).toBe(1);
  await expect
    .poll(() => ada.told.at(-1))
    .toMatchObject({
      event: SESSION_NAMES.left,
      payload: { room: 'board', id: 'b1', reason: 'FORBIDDEN' },
    });
  allowed.add('b1');
  await ada.join('b1');
  expect(server.channel('board', 'b1').remove('ada')).toBe(1);
  await expect.poll(() => ada.told.at(-1)).toMatchObject({ payload: { reason: 'REMOVED' } });
  await server.channel('board', 'b1').publish('cardMoved', { boardId: 'b1', card: 1 });
  await ada.ask(SESSION_NAMES.leave, { room: 'board', id: 'b1' });
  expect(ada.moved).toEqual([]);
});

test('[ROOM-9] a room that is deleted is over for its members, and begins anew under another epoch', async () => {
  const { url, server } = await serve();
  const ada = connect(url, 'ada');
  const { epoch } = dataOf(await ada.join('b1'));
  await server.channel('board', 'b1').delete();
  await expect
    .poll(() => ada.told.at(-1))
    .toEqual({
      event: SESSION_NAMES.deleted,
      payload: { room: 'board', id: 'b1', epoch, seq: 1 },
    });
  const again = dataOf(await ada.join('b1', { epoch, seq: 0 }));
  expect(again).toMatchObject({ seq: 0, recovered: false });
  expect(again.epoch).not.toBe(epoch);
});

test('[ROOM-10] rooms that the contract has not, and more than there may be, are refused with a code', async () => {
  const { url } = await serve({ maxChannels: 2, maxChannelsPerConnection: 2 });
  const ada = connect(url, 'ada');
  expect(dataOf(await ada.ask(SESSION_NAMES.join, { room: 'chat', id: 'x' }))).toMatchObject({
    error: { code: 'INVALID_PAYLOAD' },
  });
  expect(dataOf(await ada.ask(SESSION_NAMES.join, { room: 'board' }))).toMatchObject({
    error: { code: 'INVALID_PAYLOAD' },
  });
  await ada.join('b1');
  await ada.join('b2');
  expect(dataOf(await ada.join('b3'))).toMatchObject({ error: { code: 'FORBIDDEN' } });
  expect(dataOf(await connect(url, 'bob').join('b3'))).toMatchObject({
    error: { code: 'OVERLOADED', retryable: true },
  });
  expect(dataOf(await ada.join('b2'))).toMatchObject({ seq: 0 });
});

test('[ROOM-10] a connection that joins many rooms at once is in no more than it may be', async () => {
  const { url, server } = await serve({ maxChannelsPerConnection: 3 });
  const ada = connect(url, 'ada');
  const ids = Array.from({ length: 20 }, (_, index) => `b${index}`);
  const answers = (await Promise.all(ids.map((id) => ada.join(id)))).map(dataOf);
  expect(answers.slice(0, 3)).toEqual(Array(3).fill(expect.objectContaining({ seq: 0 })));
  for (const answer of answers.slice(3)) expect(answer).toMatchObject({ error: { code: 'FORBIDDEN' } });
  expect(ids.map((id) => server.channel('board', id).remove('ada'))).toEqual(
    ids.map((_, i) => (i < 3 ? 1 : 0)),
  );
});

test('who is put into the room by hand hears what is sent there, and nothing of the journal', async () => {
  const { url, server } = await serve();
  const [ada, bob] = [connect(url, 'ada'), connect(url, 'bob')];
  await ada.join('b1');
  await bob.ask(SESSION_NAMES.heartbeat, {});
  server.connectionsOf('bob')[0]?.join('board', 'b1');
  server.connectionsOf('ada')[0]?.leave('board', 'b1');
  await server.channel('board', 'b1').publish('cardMoved', { boardId: 'b1', card: 1 });
  server.to('board', 'b1').emit('noticed', { boardId: 'b1' });
  await expect.poll(() => bob.told.at(-1)).toMatchObject({ event: 'noticed' });
  await expect.poll(() => ada.moved).toHaveLength(1);
  expect(bob.moved).toEqual([]);
  await server.channel('board', 'b1').delete();
  await expect.poll(() => ada.told.at(-1)).toMatchObject({ event: SESSION_NAMES.deleted });
  expect(bob.told.at(-1)).toMatchObject({ event: 'noticed' });
});

test('what breaks the contract, is not durable, or is of another room is not kept', async () => {
  const { server } = await serve();
  const { publish } = server.channel('board', 'b1');
  const wrong = [
    () => publish('cardMoved', { boardId: 'b1', card: 'x' } as never),
    () => publish('noticed' as never, { boardId: 'b1' } as never),
    () => publish('cardMoved', { boardId: 'b2', card: 1 }),
    () => publish('toString' as never, {} as never),
  ];
  for (const attempt of wrong) await expect(attempt()).rejects.toMatchObject({ code: 'INVALID_EMIT' });
  const long = 'k'.repeat(257);
  await expect(publish('cardMoved', { boardId: 'b1', card: 1, moveId: long })).rejects.toMatchObject({
    code: 'INVALID_PAYLOAD',
  });
  expect(await publish('cardMoved', { boardId: 'b1', card: 1 })).toMatchObject({ seq: 1 });
});

test('a contract with durable events needs a store, and says so', () => {
  const handlers = { move_card: () => ({ seq: 0, repeated: false }) };
  expect(() => createContractServer(board, { handlers })).toThrow(/`store` is missing/);
});

test('a durable event is published, and not sent past the journal', async () => {
  const { server } = await serve();
  expect(() =>
    server.to('board', 'b1').emit('cardMoved' as never, { boardId: 'b1', card: 1 } as never),
  ).toThrow(expect.objectContaining({ code: 'INVALID_EMIT', message: expect.stringContaining('publish') }));
  expect(() => server.emit('noticed', { boardId: 'b1' })).not.toThrow();
});
