import { findPostgres, type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createLimitedPool } from './postgres-connections';
import { createPostgresStore } from './postgres-store';
import { createMessage } from './test-message';
import { createTcpProxy } from './test-tcp-proxy';

const programs = findPostgres();

describe.skipIf(!programs)('connections to PostgreSQL', () => {
  let postgres: PostgresInstance;

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '', { isDurable: false });
  });
  afterAll(() => postgres?.stop());

  test('messages of one turn are stored in two round trips, however many there are', async () => {
    const proxy = await createTcpProxy(await postgres.createDatabase());
    const store = createPostgresStore({ connection: proxy.connection });
    onTestFinished(() => store.close());
    await store.createChannel({ id: 'channel', serverId: 's', properties: {}, agentIds: [], createdAt: 1 });
    const before = proxy.roundTrips;
    const sent = [1, 2, 3].map((number) =>
      store.appendMessage(createMessage('channel', number, { clientMessageId: `${number}` })),
    );
    expect((await Promise.all(sent)).map((appended) => appended?.message.seq)).toEqual([1, 2, 3]);
    expect(proxy.roundTrips - before).toBe(2);
  });

  test('behind what failed nothing is asked but to undo: it would be kept where it was `begin` that failed', async () => {
    const pool = createLimitedPool({ connectionString: await postgres.createDatabase() }, 10_000);
    onTestFinished(() => pool.end());
    const lent = await pool.connect();
    await expect(lent.query('begin nonsense', [])).rejects.toThrow('syntax error');
    await expect(lent.query('create table kept ()', [])).rejects.toThrow('syntax error');
    await lent.query('rollback', []);
    lent.release();
    const next = await pool.connect();
    await expect(next.query('select * from kept', [])).rejects.toThrow('does not exist');
    next.release();
  });
});
