import { findPostgres, type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createPostgresStore } from './postgres-store';
import { describeSqlStore } from './sql.suite';
import { describeStore } from './store.suite';
import { createMessage } from './test-message';

const programs = findPostgres();

describe.skipIf(!programs)('PostgreSQL', () => {
  let postgres: PostgresInstance;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '', { isDurable: false });
  });
  afterAll(() => postgres.stop());

  describeStore('PostgreSQL', async (options) =>
    createPostgresStore({ connection: await postgres.createDatabase(), ...options }),
  );

  describeSqlStore('PostgreSQL', async (options) => {
    const connection = await postgres.createDatabase();
    const client = new Client({ connectionString: connection });
    onTestFinished(() => client.end());
    await client.connect();
    const run = async (sql: string) => (await client.query(sql)).rows;
    return { store: createPostgresStore({ connection, ...options }), run };
  });

  const message = (id: number, clientMessageId?: string) => createMessage('channel', id, { clientMessageId });

  /** Two processes' stores of one database. */
  const openTwo = async () => {
    const connection = await postgres.createDatabase();
    const stores = [createPostgresStore({ connection }), createPostgresStore({ connection })] as const;
    onTestFinished(async () => {
      await Promise.all(stores.map((store) => store.close()));
    });
    return stores;
  };

  test('two servers start at once on an empty database', async () => {
    const stores = await openTwo();
    await Promise.all(stores.map((store) => store.open()));
    await stores[0].createChannel({
      id: 'channel',
      serverId: 's',
      properties: {},
      agentIds: [],
      createdAt: 1,
    });
    expect(await stores[1].getChannel('channel')).toMatchObject({ id: 'channel' });
  });

  test('two servers number one channel without gaps, and store a repeat once', async () => {
    const stores = await openTwo();
    await stores[0].createChannel({
      id: 'channel',
      serverId: 's',
      properties: {},
      agentIds: [],
      createdAt: 1,
    });
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const results = await Promise.all(
      numbers.flatMap((number) =>
        stores.map((store, which) => store.appendMessage(message(number * 2 + which, `c${number}`))),
      ),
    );
    expect(results.filter((result) => result?.repeated)).toHaveLength(100);
    const { messages: kept } = await stores[1].listMessages('channel', { limit: 500 });
    expect(kept.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  test('a database that is not there is a clear error at start', async () => {
    const connection = (await postgres.createDatabase()).replace(/test_\d+$/, 'nowhere');
    const store = createPostgresStore({ connection });
    onTestFinished(() => store.close());
    await expect(store.open()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/Cannot open the PostgreSQL store: database "nowhere" does not exist/),
    });
  });
});
