import { defineContract, defineEvent } from '@wirepact/contract';
import { type Ack, type PresenceChange, SESSION_NAMES } from '@wirepact/contract/runtime';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../chat/store/memory-store';
import { createContractServer } from './attach-contract';
import type { ContractServerOptions } from './contract-server-options';

const room = { name: 'board', property: 'boardId' } as const;
const board = defineContract({
  name: 'board',
  version: '1.0.0',
  presence: {
    board: Type.Object(
      {
        typing: Type.Optional(Type.Boolean()),
        cursor: Type.Optional(Type.Object({ x: Type.Number(), y: Type.Number() })),
        note: Type.Optional(Type.String()),
      },
      { additionalProperties: false },
    ),
  },
  clientToServer: {},
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ boardId: Type.String() }),
      durable: true,
      room,
    }),
    listed: defineEvent({
      description: 'Of a room without presence.',
      payload: Type.Object({ listId: Type.String() }),
      durable: true,
      room: { name: 'list', property: 'listId' },
    }),
  },
});

type Options = Partial<ContractServerOptions<typeof board>>;

async function serve(options: Options = {}) {
  const server = createContractServer(board, {
    handlers: {},
    store: createMemoryStore(),
    logger: pino({ level: 'silent' }),
    authenticate: ({ auth }) => ({
      entityId: String(auth.as),
      entityName: `${auth.as}!`,
      claims: { secret: 1 },
    }),
    rateLimit: false,
    presence: { intervalMs: 20 },
    ...options,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  return { server, url };
}

type Told = PresenceChange & { room: string; id: string };
type Answer = Ack<Record<string, unknown>>;

/** A client with socket.io-client alone, and what it was told of who is there. */
function connect(url: string, as: string) {
  const socket: Socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { as },
  });
  onTestFinished(() => void socket.disconnect());
  const told: Told[] = [];
  socket.on(SESSION_NAMES.presenceChanged, (payload: Told) => told.push(payload));
  const ask = (event: string, payload: object): Promise<Answer> => socket.emitWithAck(event, payload);
  const join = (id = 'b1') => ask(SESSION_NAMES.join, { room: 'board', id });
  const watch = (watching = true, id = 'b1') =>
    ask(SESSION_NAMES.watchPresence, { room: 'board', id, watching });
  const update = (state: unknown, rest: object = {}) =>
    ask(SESSION_NAMES.updatePresence, { room: 'board', id: 'b1', state, ...rest });
  const enter = async () => {
    await join();
    await watch();
    return told;
  };
  return { socket, told, ask, join, watch, update, enter };
}

/** Who is there, by what somebody was told. */
function namesOf(told: readonly Told[]): string[] {
  const names = new Set<string>();
  for (const { members, joined = [], left = [] } of told) {
    if (members) names.clear();
    for (const { identity } of [...(members ?? []), ...joined]) names.add(identity.entityId);
    for (const entityId of left) names.delete(entityId);
  }
  return [...names].sort();
}

/** What somebody does, by what somebody was told. */
function stateOf(told: readonly Told[], entityId: string): unknown {
  let state: unknown;
  for (const { members = [], joined = [], updated = [] } of told) {
    for (const member of [...members, ...joined])
      if (member.identity.entityId === entityId) state = member.state;
    for (const update of updated) if (update.entityId === entityId) state = update.state;
  }
  return state;
}

const codeOf = (answer: Answer) => (answer.ok ? undefined : answer.error.code);

test('[PRESENCE-1] who asks is told who is there, with the public part of the identity alone, and then who comes and goes', async () => {
  const { url } = await serve();
  const [ada, bob, cleo] = [connect(url, 'ada'), connect(url, 'bob'), connect(url, 'cleo')];
  await bob.join();
  const told = await ada.enter();
  expect(told).toEqual([
    {
      room: 'board',
      id: 'b1',
      count: 2,
      members: [
        { identity: { entityId: 'bob', name: 'bob!' } },
        { identity: { entityId: 'ada', name: 'ada!' } },
      ],
    },
  ]);
  await cleo.join();
  await expect.poll(() => namesOf(told)).toEqual(['ada', 'bob', 'cleo']);
  expect(told.at(-1)).toEqual({
    room: 'board',
    id: 'b1',
    count: 3,
    joined: [{ identity: { entityId: 'cleo', name: 'cleo!' } }],
  });
  await bob.ask(SESSION_NAMES.leave, { room: 'board', id: 'b1' });
  await expect.poll(() => told.at(-1)).toEqual({ room: 'board', id: 'b1', count: 2, left: ['bob'] });
  expect(bob.told).toEqual([]);
});

test('[PRESENCE-2] only members are told, of rooms that the contract says so of, and only as long as they want and are there', async () => {
  const { url, server } = await serve();
  const [ada, bob, eve] = [connect(url, 'ada'), connect(url, 'bob'), connect(url, 'eve')];
  expect(codeOf(await eve.watch())).toBe('FORBIDDEN');
  expect(codeOf(await eve.update({ typing: true }))).toBe('FORBIDDEN');
  await eve.ask(SESSION_NAMES.join, { room: 'list', id: 'l1' });
  for (const unknown of ['list', 'nothing', '__proto__', 'constructor']) {
    const answer = await eve.ask(SESSION_NAMES.watchPresence, { room: unknown, id: 'l1', watching: true });
    expect(codeOf(answer)).toBe('INVALID_PAYLOAD');
  }
  await ada.enter();
  await bob.enter();
  server.channel('board', 'b1').remove('bob');
  await expect.poll(() => namesOf(ada.told)).toEqual(['ada']);
  await bob.ask(SESSION_NAMES.heartbeat, {});
  expect(bob.told.at(-1)?.left).toBeUndefined();
  await ada.watch(false);
  const heard = ada.told.length;
  await eve.enter();
  await expect.poll(() => namesOf(eve.told)).toEqual(['ada', 'eve']);
  const late = connect(url, 'late');
  await late.join();
  await expect.poll(() => namesOf(eve.told)).toEqual(['ada', 'eve', 'late']);
  await ada.ask(SESSION_NAMES.heartbeat, {});
  expect(ada.told).toHaveLength(heard);
  await server.channel('board', 'b1').delete();
  await ada.join();
  expect(codeOf(await eve.watch())).toBe('FORBIDDEN');
});

test('[PRESENCE-3] a member with two connections is one, and is gone when the last is, however it ends', async () => {
  const { url } = await serve();
  const [ada, first, second] = [connect(url, 'ada'), connect(url, 'bob'), connect(url, 'bob')];
  const told = await ada.enter();
  await first.join();
  await second.join();
  await expect.poll(() => namesOf(told)).toEqual(['ada', 'bob']);
  expect(told.at(-1)?.count).toBe(2);
  await second.update({ typing: true });
  await expect.poll(() => stateOf(told, 'bob')).toEqual({ typing: true });
  first.socket.disconnect();
  await second.update({ typing: false });
  await expect.poll(() => stateOf(told, 'bob')).toEqual({ typing: false });
  expect(namesOf(told)).toEqual(['ada', 'bob']);
  // As a crash ends it: no word is said before.
  const engine = second.socket.io.engine.transport as unknown as {
    ws: { terminate?(): void; close(): void };
  };
  if (engine.ws.terminate) engine.ws.terminate();
  else engine.ws.close();
  await expect.poll(() => namesOf(told)).toEqual(['ada']);
});

test('[PRESENCE-4] what a member does is told, ends with its connection, when it says so, and when its time is over', async () => {
  const { url, server } = await serve();
  const [ada, bob, again] = [connect(url, 'ada'), connect(url, 'bob'), connect(url, 'bob')];
  const told = await ada.enter();
  await bob.join();
  await again.join();
  expect(await bob.update({ cursor: { x: 1, y: 2 } })).toEqual({ ok: true, data: { ttlMs: 30_000 } });
  await expect.poll(() => stateOf(told, 'bob')).toEqual({ cursor: { x: 1, y: 2 } });
  // On another connection nothing was said that could be over.
  await again.update(undefined);
  await ada.update({ note: 'mine' });
  await expect.poll(() => stateOf(told, 'ada')).toEqual({ note: 'mine' });
  expect(stateOf(told, 'bob')).toEqual({ cursor: { x: 1, y: 2 } });
  await again.update({ typing: true }, { ttlMs: 60_000 });
  await expect.poll(() => stateOf(told, 'bob')).toEqual({ typing: true });
  await again.update(undefined);
  await expect.poll(() => stateOf(told, 'bob')).toBeUndefined();
  expect(await again.update({ typing: true }, { ttlMs: 50 })).toEqual({ ok: true, data: { ttlMs: 50 } });
  await expect.poll(() => stateOf(told, 'bob')).toEqual({ typing: true });
  await expect.poll(() => stateOf(told, 'bob')).toBeUndefined();
  await again.update({ note: 'here' });
  await expect.poll(() => stateOf(told, 'bob')).toEqual({ note: 'here' });
  again.socket.disconnect();
  await expect.poll(() => server.connections.length).toBe(2);
  await ada.update({ note: 'last' });
  await expect.poll(() => stateOf(told, 'ada')).toEqual({ note: 'last' });
  expect(stateOf(told, 'bob')).toBeUndefined();
  expect(namesOf(told)).toEqual(['ada', 'bob']);
});

test('[PRESENCE-5] a state that is not as the contract says, or too big, is refused, and nobody is told of it', async () => {
  const { url } = await serve();
  const [ada, bob] = [connect(url, 'ada'), connect(url, 'bob')];
  const told = await ada.enter();
  await bob.join();
  const wrong: [unknown, string][] = [
    [{ typing: 'yes' }, 'INVALID_PAYLOAD'],
    [{ admin: true }, 'INVALID_PAYLOAD'],
    [[], 'INVALID_PAYLOAD'],
    ['typing', 'INVALID_PAYLOAD'],
    [JSON.parse('{"__proto__":{"typing":true}}'), 'INVALID_PAYLOAD'],
    [{ note: 'ä'.repeat(600) }, 'PAYLOAD_TOO_LARGE'],
    [{ note: 'x'.repeat(5_000) }, 'PAYLOAD_TOO_LARGE'],
    [{ cursor: { x: 1, y: 2, z: { a: { b: { c: { d: { e: { f: 1 } } } } } } } }, 'PAYLOAD_TOO_LARGE'],
  ];
  for (const [state, code] of wrong) expect(codeOf(await bob.update(state))).toBe(code);
  for (const ttlMs of [-1, 0.5, 'long', {}]) {
    expect(codeOf(await bob.update({ typing: true }, { ttlMs }))).toBe('INVALID_PAYLOAD');
  }
  const refused = await bob.update({ cursor: { x: 1 } });
  expect(refused.ok ? [] : refused.error.issues?.map(({ path }) => path)).toEqual(['/state/cursor/y']);
  await bob.update({ typing: true });
  await expect.poll(() => stateOf(told, 'bob')).toEqual({ typing: true });
  const states = told.flatMap(({ members = [], joined = [], updated = [] }) =>
    [...members, ...joined, ...updated].flatMap(({ state }) => state ?? []),
  );
  expect(states).toEqual([{ typing: true }]);
});

test('[PRESENCE-6] what changes in an interval comes in one event, and the last of it counts', async () => {
  const { url } = await serve({ presence: { intervalMs: 1_500 } });
  const ada = connect(url, 'ada');
  const told = await ada.enter();
  const others = Array.from({ length: 20 }, (_, index) => connect(url, `m${index}`));
  await Promise.all(
    others.map(({ socket }) => new Promise((resolve) => socket.once('connect', () => resolve(undefined)))),
  );
  await Promise.all(others.map(({ join }) => join()));
  const [bob, passing] = others;
  for (let x = 1; x <= 50; x += 1)
    bob?.socket.emit(SESSION_NAMES.updatePresence, {
      room: 'board',
      id: 'b1',
      state: { cursor: { x, y: 0 } },
    });
  await passing?.ask(SESSION_NAMES.leave, { room: 'board', id: 'b1' });
  await expect.poll(() => namesOf(told)).toHaveLength(20);
  await expect.poll(() => stateOf(told, 'm0')).toEqual({ cursor: { x: 50, y: 0 } });
  // The snapshot, and two intervals at most that all of this fell into.
  expect(told.length).toBeLessThanOrEqual(3);
});

test('[PRESENCE-7] of a room with more members than are told, only the count is, until it is small again', async () => {
  const { url } = await serve({ presence: { intervalMs: 20, maxMembers: 5 } });
  const ada = connect(url, 'ada');
  const told = await ada.enter();
  const others = Array.from({ length: 9 }, (_, index) => connect(url, `m${index}`));
  for (const { join } of others) await join();
  await expect.poll(() => told.at(-1)).toEqual({ room: 'board', id: 'b1', count: 10 });
  const late = connect(url, 'late');
  expect((await late.enter()).at(-1)).toEqual({ room: 'board', id: 'b1', count: 11 });
  await late.update({ typing: true });
  for (const { socket } of others.slice(0, 6)) socket.disconnect();
  await expect.poll(() => told.at(-1)?.count).toBe(5);
  expect(told.at(-1)?.members).toBeUndefined();
  for (const { socket } of others.slice(6, 7)) socket.disconnect();
  await expect.poll(() => told.at(-1)?.count).toBe(4);
  await expect.poll(() => namesOf(told)).toEqual(['ada', 'late', 'm7', 'm8']);
  expect(stateOf(told, 'late')).toEqual({ typing: true });
});

test('what others see of an identity is what the host says, and where that is wrong the least', async () => {
  const answers: Record<string, unknown> = {
    ada: { entityId: 'a-1', name: 'Ada', avatar: 'https://example.org/a.png' },
    bob: { entityId: '' },
    cleo: { entityId: 'c', blob: 'x'.repeat(5_000) },
    dora: null,
    emil: { entityId: 'e', name: '' },
  };
  const publicIdentity = ({ entityId }: { entityId: string }) => {
    if (entityId === 'fay') throw new Error('no');
    if (entityId === 'gil') answers.gil = Promise.reject(new Error('too late'));
    return answers[entityId] as { entityId: string };
  };
  const { url } = await serve({ publicIdentity });
  const clients = ['ada', 'bob', 'cleo', 'dora', 'emil', 'fay', 'gil'].map((as) => connect(url, as));
  for (const { join } of clients) await join();
  await clients[0]?.watch();
  expect(clients[0]?.told[0]?.members?.map(({ identity }) => identity)).toEqual([
    answers.ada,
    ...['bob', 'cleo', 'dora', 'emil', 'fay', 'gil'].map((entityId) => ({ entityId, name: `${entityId}!` })),
  ]);
});

test('where nobody signs in, each connection is a member of its own', async () => {
  const { url } = await serve({ authenticate: undefined });
  const [one, two] = [connect(url, 'x'), connect(url, 'x')];
  await one.join();
  await two.enter();
  expect(namesOf(two.told)).toEqual([one.socket.id, two.socket.id].map(String).sort());
});

test('rooms with presence that nobody can join are refused, and so are options that cannot be meant', () => {
  const of = (presence: object) => () =>
    createContractServer(board, { handlers: {}, store: createMemoryStore(), presence });
  expect(of({ intervalMs: 0 })).toThrow(/`presence` must be an object whose `intervalMs` is a number over 0/);
  expect(of({ max: 1 })).toThrow(/there is no `max`/);
  const { cardMoved } = board.serverToClient;
  const noticed = defineEvent({
    description: 'Not kept.',
    payload: Type.Object({ hallId: Type.String() }),
    room: { name: 'hall', property: 'hallId' },
  });
  const hall = defineContract({
    name: 'hall',
    version: '1.0.0',
    presence: { hall: Type.Object({}) },
    clientToServer: {},
    serverToClient: { noticed, cardMoved },
  });
  expect(() => createContractServer(hall, { handlers: {}, store: createMemoryStore() })).toThrow(
    'hall has presence in hall, a room that nobody can join: none of its events is `durable`.',
  );
});

test('saying what one does costs next to nothing at the pace of each room, in many rooms as well, and is limited where it is faster', async () => {
  const { url } = await serve({ rateLimit: { points: 30, durationSeconds: 60 } });
  const at = (ids: readonly string[], { update }: ReturnType<typeof connect>) =>
    Promise.all(ids.map((id) => update({ typing: true }, { id })));
  const roomsOf = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);
  const codesOf = (answers: readonly Answer[]) => [...new Set(answers.map(codeOf))];

  const ada = connect(url, 'ada');
  const rooms = roomsOf(20);
  await Promise.all(rooms.map((id) => ada.join(id)));
  for (let round = 0; round < 3; round += 1) {
    const since = performance.now();
    expect(codesOf(await at(rooms, ada))).toEqual([undefined]);
    await expect.poll(() => performance.now() - since).toBeGreaterThan(200);
  }

  const bob = connect(url, 'bob');
  await bob.join();
  expect(codesOf(await at(Array(50).fill('b1'), bob))).toEqual([undefined, 'RATE_LIMITED']);
  const cleo = connect(url, 'cleo');
  expect(codesOf(await at(roomsOf(200), cleo))).toContain('RATE_LIMITED');
});
