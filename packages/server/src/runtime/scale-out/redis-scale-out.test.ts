import { createServer } from 'node:http';
import { findRedis, type RedisInstance, startRedis } from '@wirepact/test-redis';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { Adapter } from 'socket.io-adapter';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CHANNEL, hello, join, SERVER, startChat } from '../../chat/test-chat';
import {
  attachContract,
  createContractServer,
  createMemoryStore,
  type ScaleOut,
  type Store,
} from '../../index';
import { createRedisScaleOut } from '../../redis';
import { board, card, connectTo, idleHandlers, startBoard } from '../test-board';
import type { Recorder } from '../test-client';
import { silent } from '../test-client';
import { createKeptLog } from '../test-log';
import { createFleetAdapter } from '../transport/fleet-adapter';
import { PacketEncoder } from '../transport/packet-encoder';

const program = findRedis();

/** What servers tell each other. */
interface Talk {
  told(text: string): void;
}

/** Somebody who is in the board of the card. */
async function enter(url: string): Promise<Recorder> {
  const client = await connectTo(url);
  await client.ask('enter_board', { boardId: card.boardId });
  return client;
}

const columns = (client: Recorder) => client.payloads('cardMoved').map((moved) => Object(moved).column);

test.each([
  ['no URL', 'localhost:6379'],
  ['a number', 6379],
  ['null', null],
  ['options', { url: 'redis://localhost' }],
  ['a client of node-redis', { connect() {}, sendCommand() {}, xAdd() {}, xRead() {}, duplicate() {} }],
])('%s is no Redis, and is refused at once', (_name, given) => {
  expect(() => createRedisScaleOut(given as never)).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      message: expect.stringMatching(
        /^createRedisScaleOut needs the URL of a Redis, .* or a client of ioredis/,
      ),
    }),
  );
});

describe.skipIf(!program)('servers that a Redis joins', () => {
  let redis: RedisInstance;
  beforeAll(async () => {
    redis = await startRedis(program ?? '');
  });
  afterAll(() => redis.stop());

  /** Two servers, once each is heard by the other. */
  async function startTwo(options: Partial<Parameters<typeof startBoard>[1]> = {}) {
    const start = () => startBoard({}, { scaleOut: createRedisScaleOut(redis.url), ...options });
    const [one, other] = [await start(), await start()];
    const clients = [await enter(one.url), await enter(other.url)] as const;
    const meet = async (server: typeof one.server, heardBy: Recorder) => {
      await expect
        .poll(() => {
          server.emit('refreshed');
          return heardBy.payloads('refreshed').length;
        })
        .toBeGreaterThan(0);
    };
    await meet(one.server, clients[1]);
    await meet(other.server, clients[0]);
    const move = (server: typeof one.server, column: string) =>
      server.to('board', card.boardId).emit('cardMoved', { ...card, column });
    return { one: one.server, other: other.server, urls: [one.url, other.url], clients, move };
  }

  test.each([{ fastPath: true }, { fastPath: false }])(
    'what is sent to a room reaches its members in both, once and in order: %j',
    async (options) => {
      const { one, other, clients, urls, move } = await startTwo(options);
      const stranger = await connectTo(urls[1] ?? '');
      for (let index = 0; index < 50; index += 1) move(one, `${index}`);
      const sent = Array.from({ length: 50 }, (_, index) => `${index}`);
      for (const client of clients) await expect.poll(() => columns(client)).toEqual(sent);
      move(other, 'back');
      for (const client of clients) await expect.poll(() => columns(client)).toEqual([...sent, 'back']);
      expect(stranger.payloads('cardMoved')).toEqual([]);
    },
  );

  test('what is sent in one turn crosses in as few messages as hold it, and is heard in order', async () => {
    const { one, clients, move } = await startTwo();
    const sent = Array.from({ length: 150 }, (_, index) => `${index}`);
    for (const column of sent) move(one, column);
    for (const client of clients) await expect.poll(() => columns(client)).toEqual(sent);
    const reader = new Redis(redis.url);
    onTestFinished(() => reader.disconnect());
    const entries = await reader.xrange(`wirepact:${board.name}`, '-', '+');
    const crossed = entries.flatMap(([, fields]) => fields.filter((field) => field.includes('cardMoved')));
    const ours = crossed.slice(crossed.findLastIndex((field) => field.includes('\\"column\\":\\"0\\"')));
    expect(ours.length).toBe(2);
  });

  test('what a server sends last crosses before it closes', async () => {
    const { one, clients, move } = await startTwo();
    const [near, far] = clients;
    near.socket.disconnect();
    await expect.poll(() => one.connections).toEqual([]);
    move(one, 'last');
    await one.close();
    await expect.poll(() => columns(far)).toEqual(['last']);
  });

  test('whoever is put out of one is put out of the other', async () => {
    const authenticate = () => ({ entityId: 'ada' });
    const { one, clients } = await startTwo({ authenticate });
    expect(one.disconnect('ada', 'Enough.')).toBe(1);
    for (const client of clients)
      expect(await client.waitFor('wirepact:ended')).toMatchObject({ reason: 'KICKED', message: 'Enough.' });
  });

  test('who is left out is left out in both', async () => {
    const { one, other, clients } = await startTwo();
    const [, far] = clients;
    const [connection] = other.connections.filter(({ id }) => id === far.socket.id);
    if (!connection) throw new Error('the client is not connected to the other server');
    const room = one.to('board', card.boardId);
    room.except(connection).emit('cardMoved', { ...card, column: 'not you' });
    room.emit('cardMoved', { ...card, column: 'all' });
    await expect.poll(() => columns(far)).toEqual(['all']);
    await expect.poll(() => columns(clients[0])).toEqual(['not you', 'all']);
  });

  test('what Redis does not let a server hear is told once, and the server is not ready', async () => {
    const admin = new Redis(redis.url);
    onTestFinished(() => admin.disconnect());
    await admin.acl('SETUSER', 'mute', 'on', '>secret', 'allkeys', 'allchannels', '+@all', '-subscribe');
    const log = createKeptLog();
    const scaleOut = createRedisScaleOut(redis.url.replace('//', '//mute:secret@'));
    const server = createContractServer(board, { handlers: idleHandlers, logger: log.logger, scaleOut });
    onTestFinished(() => server.close());
    await server.listen(0, '127.0.0.1');
    const told = () => log.lines.filter(({ msg }) => msg.includes('its user needs SUBSCRIBE')).length;
    await expect.poll(told).toBe(1);
    expect(await server.health()).toMatchObject({ ready: false, scaleOut: 'unavailable' });
    await admin.client('KILL', 'USER', 'mute');
    // Redis counts what it refuses of a kind.
    const refusals = async () => Number(/count,(\d+).*subscribe/.exec(String(await admin.acl('LOG')))?.[1]);
    await expect.poll(refusals).toBeGreaterThan(1);
    expect(told()).toBe(1);
  });

  test('a user that may do no more than the guide says is enough', async () => {
    const admin = new Redis(redis.url);
    onTestFinished(() => admin.disconnect());
    await admin.acl('SETUSER', 'least', 'on', '>secret', '~wirepact:*', '&wirepact:*', '+@all');
    const scaleOut = createRedisScaleOut(redis.url.replace('//', '//least:secret@'));
    const log = createKeptLog();
    const { one, clients, move } = await startTwo({ scaleOut, logger: log.logger });
    move(one, '1');
    await expect.poll(() => columns(clients[1])).toEqual(['1']);
    expect(await one.health()).toMatchObject({ ready: true, scaleOut: 'ok' });
    expect(log.lines.filter(({ msg }) => msg.includes('Redis'))).toEqual([]);
    expect(String(await admin.acl('LOG'))).not.toContain('least');
  });

  test('what another contract’s server sends on the same Redis is not heard', async () => {
    const { clients, one, move } = await startTwo();
    const cards = createContractServer(
      { ...board, name: 'cards' },
      { handlers: idleHandlers, logger: silent, scaleOut: createRedisScaleOut(redis.url) },
    );
    onTestFinished(() => cards.close());
    const { url } = await cards.listen(0, '127.0.0.1');
    const theirs = await enter(url);
    cards.to('board', card.boardId).emit('cardMoved', { ...card, column: 'theirs' });
    await expect.poll(() => columns(theirs)).toEqual(['theirs']);
    move(one, 'ours');
    for (const client of clients) await expect.poll(() => columns(client)).toEqual(['ours']);
    expect(columns(theirs)).toEqual(['theirs']);
  });

  test('servers in different databases of a Redis hear nothing of each other, what servers tell servers included', async () => {
    const start = (database: number) => {
      const io = new Server<Talk, Talk, Talk>();
      const fleet = createRedisScaleOut(`${redis.url}/${database}`).join('chat', silent);
      io.adapter(createFleetAdapter(fleet.createAdapter, Adapter, new PacketEncoder()));
      const heard: string[] = [];
      io.of('/').on('told', (text) => void heard.push(text));
      onTestFinished(async () => {
        await io.of('/').adapter.close();
        fleet.close();
      });
      return { heard, tell: (text: string) => io.of('/').serverSideEmit('told', text) };
    };
    const [one, two, three, four] = [start(1), start(1), start(2), start(2)];
    const meet = (teller: typeof one, listener: typeof one, text: string) =>
      expect
        .poll(() => {
          teller.tell(text);
          return listener.heard;
        })
        .toContain(text);
    await meet(one, two, 'in the first');
    await meet(three, four, 'in the second');
    await meet(one, two, 'again');
    await meet(three, four, 'at last');
    expect(four.heard).not.toContain('again');
    expect(four.heard).not.toContain('in the first');
    expect(two.heard).not.toContain('in the second');
  });

  test('while Redis is killed members of the same process hear at once, and those of the other again once it is back', async () => {
    const log = createKeptLog('info');
    const { one, clients, move } = await startTwo({ logger: log.logger });
    expect(await one.health()).toMatchObject({ ready: true, scaleOut: 'ok' });
    const [near, far] = clients;
    await redis.kill();
    onTestFinished(() => redis.restart());
    for (const column of ['1', '2', '3']) {
      move(one, column);
      await expect.poll(() => columns(near).at(-1)).toBe(column);
    }
    expect(columns(far)).toEqual([]);
    const told = (text: string) => log.lines.filter(({ msg }) => msg.startsWith(text)).length;
    await expect.poll(() => told('Redis is away')).toBe(2);
    expect(await one.health()).toMatchObject({ ready: false, scaleOut: 'unavailable' });
    await redis.restart();
    await expect
      .poll(() => {
        move(one, 'again');
        return columns(far);
      })
      .toContain('again');
    await expect.poll(() => told('Redis is back')).toBe(2);
    expect(told('Redis is away')).toBe(2);
  });

  test('a Redis that hangs keeps nobody waiting, and what was sent meanwhile is heard afterwards', async () => {
    const { one, clients, move } = await startTwo();
    process.kill(redis.pid, 'SIGSTOP');
    onTestFinished(() => void process.kill(redis.pid, 'SIGCONT'));
    move(one, 'still here');
    await expect.poll(() => columns(clients[0])).toEqual(['still here']);
    process.kill(redis.pid, 'SIGCONT');
    await expect.poll(() => columns(clients[1])).toEqual(['still here']);
  });

  /** How many of `attempts` requests one after the other get through. */
  async function countAllowed(client: Recorder, attempts: number): Promise<number> {
    let allowed = 0;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const answer = await client.ask('refresh');
      allowed += Object(answer).ok ? 1 : 0;
    }
    return allowed;
  }

  test('[RATE-10] what is sent to one counts in the other; without Redis each counts alone', async () => {
    const limits = { rateLimit: { points: 20, durationSeconds: 600 }, connectLimit: false } as const;
    const { clients } = await startTwo(limits);
    const [near, far] = clients;
    // Both have entered the board.
    expect(await countAllowed(near, 30)).toBeGreaterThan(15);
    let allowed = 0;
    await expect
      .poll(async () => {
        const isAllowed = (await countAllowed(far, 1)) === 1;
        allowed += isAllowed ? 1 : 0;
        return isAllowed;
      })
      .toBe(false);
    expect(allowed).toBeLessThan(10);
    await redis.restart();
    await redis.kill();
    onTestFinished(() => redis.restart());
    const alone = await startBoard({}, { ...limits, scaleOut: createRedisScaleOut(redis.url) });
    expect(await countAllowed(await connectTo(alone.url), 30)).toBe(20);
  });

  test('what is stored does not go through Redis: each process serves it from the journal', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const store = createMemoryStore();
    const start = () => startChat({ store, scaleOut: createRedisScaleOut(redis.url) });
    const [here, there] = [await start(), await start()];
    const [near, far] = [await join(here.url), await join(there.url)];
    const sender = await join(here.url);
    const tell = (serverId: string) =>
      here.chat.to(CHANNEL).emit('messageComplete', { channelId: CHANNEL, serverId });
    await expect
      .poll(() => {
        tell(SERVER);
        return far.payloads('messageComplete').length;
      })
      .toBeGreaterThan(0);
    await sender.ask('send_message', hello());
    tell(CHANNEL);
    await expect.poll(() => far.payloads('messageComplete').at(-1)).toMatchObject({ serverId: CHANNEL });
    expect(near.payloads('messageBroadcast')).toHaveLength(1);
    expect(far.payloads('messageBroadcast')).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(await far.waitFor('messageBroadcast')).toMatchObject({ seq: 1 });
  });

  test('[H14] a server that is joined to the others does not warn of one that writes to its store', async () => {
    const warningsOf = async (scaleOut?: ScaleOut) => {
      const log = createKeptLog();
      const store: Store = {
        ...createMemoryStore(),
        watch(onMoved) {
          onMoved({ channelId: 'theirs', epoch: 'e', seq: 1, deleted: false });
          return () => {};
        },
      };
      await startChat({ store, logger: log.logger, ...(scaleOut && { scaleOut }) });
      return log.lines.filter(({ msg }) => msg.includes('another server process')).length;
    };
    expect(await warningsOf()).toBe(1);
    expect(await warningsOf(createRedisScaleOut(redis.url))).toBe(0);
  });

  test('a client of the host’s is used, and left open', async () => {
    const client = new Redis(redis.url, { keyPrefix: 'app:' });
    onTestFinished(() => client.disconnect());
    const scaleOut = createRedisScaleOut(client);
    const { one, other, clients, move } = await startTwo({ scaleOut });
    move(one, 'there');
    await expect.poll(() => columns(clients[1])).toEqual(['there']);
    await Promise.all([one.close(), other.close()]);
    expect(await client.ping()).toBe('PONG');
    expect(await client.exists(`wirepact:${board.name}`)).toBe(1);
  });

  /** What counts the connections to Redis, once there is none but its own. */
  async function countConnections(): Promise<() => Promise<number>> {
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const count = async () =>
      String(await client.client('LIST'))
        .trim()
        .split('\n').length;
    await expect.poll(count).toBe(1);
    return count;
  }

  test('a closed server has no connection to Redis left', async () => {
    const count = await countConnections();
    const { one, other } = await startTwo();
    expect(await count()).toBeGreaterThan(1);
    await Promise.all([one.close(), other.close()]);
    await expect.poll(count).toBe(1);
  });

  test('a server that could not be attached has none either', async () => {
    const count = await countConnections();
    const httpServer = createServer();
    const attach = (options: Pick<Parameters<typeof attachContract>[2], 'scaleOut' | 'corsOrigin'>) =>
      attachContract(httpServer, board, { handlers: idleHandlers, logger: silent, ...options });
    const server = attach({});
    onTestFinished(() => server.close());
    const scaleOut = createRedisScaleOut(redis.url);
    expect(() => attach({ scaleOut })).toThrow('cannot share the path');
    expect(() => attach({ scaleOut, corsOrigin: 'https://app.example/' })).toThrow('corsOrigin');
    // Redis takes connections in their order: those of the servers would be there by now.
    const later = new Redis(redis.url);
    await later.ping();
    later.disconnect();
    await expect.poll(count).toBe(1);
  });
});

test('without a URL, a client or REDIS_URL there is an error that says so', () => {
  for (const url of ['', 'localhost:6379', undefined])
    expect(() => createRedisScaleOut(url)).toThrow('REDIS_URL');
});
