import { findPostgres, type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createPostgresStore, type PostgresStoreOptions } from './postgres-store';
import { createMessage } from './test-message';

const programs = findPostgres();
const named = (id: string) => ({ id, serverId: 's', properties: {}, agentIds: [], createdAt: 1 });
let count = 0;
const createNext = (channelId: string) => {
  count += 1;
  return createMessage(channelId, count, { clientMessageId: `c${count}` });
};

describe.skipIf(!programs)('a room of PostgreSQL that a transaction of the host keeps locked', () => {
  let postgres: PostgresInstance;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '', { isDurable: false });
  });
  afterAll(() => postgres.stop());

  async function open(options: Partial<PostgresStoreOptions> = {}) {
    const connection = await postgres.createDatabase();
    const outages: unknown[] = [];
    const logger = { warn: (...told: unknown[]) => void outages.push(told) };
    const store = createPostgresStore({ logger, ...options, connection });
    const hosts = await Promise.all(
      [0, 1, 2, 3, 4].map(async () => {
        const client = new Client({ connectionString: connection });
        await client.connect();
        return client;
      }),
    );
    onTestFinished(async () => {
      await Promise.all([store.close(), ...hosts.map((client) => client.end())]);
    });
    for (const id of ['a', 'b', 'c', 'd', 'e', 'free']) await store.createChannel(named(id));
    const lock = async (host: Client | undefined, id: string) => {
      await host?.query('begin');
      await host?.query(`select 1 from channels where id = '${id}' for update`);
    };
    return { store, hosts, lock, outages };
  }

  test('lets others be written to meanwhile; what waits for it is stored in order when it ends', async () => {
    const { store, hosts, lock, outages } = await open();
    const [host] = hosts;
    await lock(host, 'a');
    const numbers = [1, 2, 3, 4, 5, 6];
    const done: number[] = [];
    const waiting = numbers.map(async (number) => {
      const appended = await store.appendMessage(createNext('a'));
      done.push(number);
      return appended?.message.seq;
    });
    const stored = await Promise.all(numbers.map(() => store.appendMessage(createNext('free'))));
    expect(stored.map((appended) => appended?.message.seq)).toEqual(numbers);
    const late = store.updateChannel('a', { topic: 'late' });
    expect(await store.createChannel(named('new'))).toMatchObject({ id: 'new' });
    expect(done).toEqual([]);
    await host?.query('commit');
    expect(await Promise.all(waiting)).toEqual(numbers);
    expect(await late).toMatchObject({ seq: 7 });
    expect((await store.appendMessage(createNext('a')))?.message.seq).toBe(8);
    expect(outages).toEqual([]);
  });

  test('is not waited for behind a room that it has created and not committed', async () => {
    const { store, hosts } = await open();
    const [host, other] = hosts;
    await host?.query('begin');
    const event = { name: 'moved', payload: {}, createdAt: 1 };
    await store.appendWithin?.(host, 'secret', event);
    const created = store.createChannel(named('secret'));
    const waiting = 'select count(*)::int as waiting from pg_locks where not granted';
    await expect.poll(async () => (await other?.query(waiting))?.rows).toEqual([{ waiting: 1 }]);
    expect((await store.appendMessage(createNext('free')))?.message.seq).toBe(1);
    await host?.query('commit');
    expect(await created).toMatchObject({ id: 'secret', seq: 1 });
  });

  test('stops nobody else, however many there are, and each is told to try again where it waits too long', async () => {
    const { store, hosts, lock } = await open({ timeoutMs: 1_000 });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const [index, id] of ids.entries()) await lock(hosts[index], id);
    const outcomes = ids.map((id) =>
      store.appendMessage(createNext(id)).catch(({ code, retryable }) => ({ code, retryable })),
    );
    for (const number of [1, 2, 3])
      expect((await store.appendMessage(createNext('free')))?.message.seq).toBe(number);
    expect(await Promise.all(outcomes)).toEqual(
      ids.map(() => ({ code: 'STORE_UNAVAILABLE', retryable: true })),
    );
    for (const host of hosts) await host.query('rollback');
    for (const id of ids) expect((await store.appendMessage(createNext(id)))?.message.seq).toBe(1);
  });

  test('is left for the next time by what forgets old events, which goes on with others', async () => {
    const { store, hosts, lock } = await open();
    const [host] = hosts;
    const ids = ['a', 'b', 'free'];
    for (const id of ids) for (const _ of [1, 2, 3]) await store.appendMessage(createNext(id));
    await lock(host, 'b');
    const countAll = () =>
      Promise.all(ids.map(async (id) => (await store.listMessages(id, { limit: 10 }))?.messages.length));
    await store.prune({ maxCount: 1 });
    expect(await countAll()).toEqual([1, 3, 1]);
    await host?.query('commit');
    await store.prune({ maxCount: 1 });
    expect(await countAll()).toEqual([1, 1, 1]);
  });
});
