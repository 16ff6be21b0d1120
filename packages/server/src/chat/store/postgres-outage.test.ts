import { findPostgres, type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Appended, Store } from '../ports/store';
import { createPostgresStore, type PostgresStoreOptions } from './postgres-store';
import { createMessage } from './test-message';
import { createTcpProxy } from './test-tcp-proxy';

const programs = findPostgres();
const channel = { id: 'channel', serverId: 's', properties: {}, agentIds: [], createdAt: 1 };
const silent = { warn: () => undefined };
const UNAVAILABLE = { code: 'STORE_UNAVAILABLE', retryable: true };

describe.skipIf(!programs)('PostgreSQL that fails', () => {
  let postgres: PostgresInstance;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '', { isDurable: false });
  });
  afterAll(() => postgres.stop());

  /**
   * A store with a channel, closed when the test ends. Where the machine has much to do, its tables take longer to make than a
   * test lets wait what hangs: then it is asked again.
   */
  async function openStore(options: PostgresStoreOptions): Promise<Store> {
    const store = createPostgresStore({ logger: silent, ...options });
    onTestFinished(() => store.close());
    await expect.poll(() => outcomeOf(store.createChannel(channel))).toMatchObject({ id: 'channel' });
    return store;
  }

  /** Runs one statement as somebody else. */
  async function query(connection: string, text: string) {
    const client = new Client({ connectionString: connection });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** What became of an attempt: the error's code, or what was answered. */
  const outcomeOf = <Result>(
    attempt: Promise<Result>,
  ): Promise<Result | { code: string; retryable: boolean }> =>
    attempt.catch(({ code, retryable }) => ({ code, retryable }));

  /** Sends a message until it is stored, as a client does; counts what it was told meanwhile. */
  async function send(store: Store, number: number, refusals: Map<string, number>): Promise<Appended> {
    const clientMessageId = `c${number}`;
    for (let attempt = 0; ; attempt += 1) {
      const message = createMessage('channel', number * 1000 + attempt, { clientMessageId });
      const outcome = await outcomeOf(store.appendMessage(message));
      if (outcome && 'message' in outcome) return outcome;
      const told = JSON.stringify(outcome);
      refusals.set(told, (refusals.get(told) ?? 0) + 1);
      // As long as it is refused at once, others have to get a turn.
      await new Promise(setImmediate);
    }
  }

  const TERMINATE = `select pg_terminate_backend(pid) from pg_stat_activity
    where pid <> pg_backend_pid() and datname = current_database()`;

  test.each([
    ['its connections are ended', (connection: string) => query(connection, TERMINATE)],
    ['it is killed and starts again', () => postgres.restart()],
  ])(
    '[C0] where %s in use, senders are told to try again, and nothing ends or is stored twice',
    async (_what, harm) => {
      const connection = await postgres.createDatabase();
      const store = await openStore({ connection });
      const refusals = new Map<string, number>();
      let isOver = false;
      let count = 0;
      const sendAll = async () => {
        while (!isOver) {
          count += 1;
          await send(store, count, refusals);
        }
      };
      const senders = Array.from({ length: 16 }, sendAll);
      while ([...refusals.values()].reduce((sum, times) => sum + times, 0) < 50) await harm(connection);
      isOver = true;
      await Promise.all(senders);
      expect([...refusals.keys()]).toEqual([JSON.stringify(UNAVAILABLE)]);
      const { messages } = await store.listMessages('channel', { limit: count + 1 });
      expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(new Set(messages.map(({ clientMessageId }) => clientMessageId)).size).toBe(count);
    },
  );

  test('[C0b] a database that comes up after the server is opened then', async () => {
    const connection = await postgres.createDatabase();
    const later = connection.replace(/test_\d+$/, 'later');
    const store = createPostgresStore({ connection: later, logger: silent });
    onTestFinished(() => store.close());
    await expect(store.open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await query(connection, 'create database later');
    await expect.poll(() => outcomeOf(store.createChannel(channel))).toMatchObject(channel);
    await store.open();
  });

  test('[C0c] a database that does not answer any more fails what waits for it, and is used again when it does', async () => {
    const proxy = await createTcpProxy(await postgres.createDatabase());
    const store = await openStore({ connection: proxy.connection, timeoutMs: 300 });
    const message = (attempt: number) => createMessage('channel', attempt, { clientMessageId: 'c' });
    proxy.stall();
    const attempts = [
      store.appendMessage(message(1)),
      store.getChannel('channel'),
      store.listMessages('channel', { limit: 1 }),
      store.createChannel({ ...channel, id: 'other' }),
    ];
    const outcomes = await Promise.all(attempts.map((attempt) => outcomeOf<unknown>(attempt)));
    expect(outcomes).toEqual(attempts.map(() => UNAVAILABLE));
    proxy.resume();
    await expect
      .poll(() => outcomeOf(store.appendMessage(message(2))))
      .toMatchObject({ message: { seq: 1 } });
    expect((await store.listMessages('channel', { limit: 9 })).messages).toHaveLength(1);
  });

  test('[C0c] a message that was committed though the answer to the commit was lost is not stored again', async () => {
    const proxy = await createTcpProxy(await postgres.createDatabase());
    const store = await openStore({ connection: proxy.connection });
    proxy.loseAnswerTo('commit', 'COMMIT\0');
    const first = outcomeOf(store.appendMessage(createMessage('channel', 1, { clientMessageId: 'c' })));
    expect(await first).toEqual(UNAVAILABLE);
    const again = await store.appendMessage(createMessage('channel', 2, { clientMessageId: 'c' }));
    expect(again).toMatchObject({ repeated: true, message: { id: createMessage('channel', 1).id, seq: 1 } });
    expect((await store.listMessages('channel', { limit: 9 })).messages).toHaveLength(1);
  });

  test('[C0] a connection that is lost while the tables are made fails the start, which can be tried again', async () => {
    const proxy = await createTcpProxy(await postgres.createDatabase());
    const store = createPostgresStore({ connection: proxy.connection });
    onTestFinished(() => store.close());
    proxy.loseAnswerTo('pg_advisory_xact_lock');
    await expect(store.open()).rejects.toMatchObject({
      ...{ code: 'STORE_UNAVAILABLE', message: expect.stringMatching(/^Cannot open the PostgreSQL store: /) },
    });
    await store.open();
    expect(await store.createChannel(channel)).toMatchObject({ id: 'channel' });
  });

  test('[C0c] a store whose database does not answer can be closed, and fails what is asked then', async () => {
    const proxy = await createTcpProxy(await postgres.createDatabase());
    const store = await openStore({ connection: proxy.connection, timeoutMs: 300 });
    const gap = new Promise<void>((resolve) => void store.watch?.(() => undefined, resolve));
    await gap;
    proxy.stall();
    const writes = [1, 2, 3].map((number) =>
      outcomeOf(store.appendMessage(createMessage('channel', number))),
    );
    await store.close();
    expect(await Promise.all(writes)).toEqual(writes.map(() => UNAVAILABLE));
    expect(await outcomeOf(store.getChannel('channel'))).toEqual(UNAVAILABLE);
  });

  test('[C0c] a database that is locked by somebody fails what waits for it, on a connection that is used again', async () => {
    const connection = await postgres.createDatabase();
    const store = await openStore({ connection, timeoutMs: 400 });
    const other = new Client({ connectionString: connection });
    onTestFinished(() => other.end());
    await other.connect();
    await other.query('begin; lock table channels');
    expect(await outcomeOf(store.updateChannel('channel', { name: 'x' }))).toEqual(UNAVAILABLE);
    await other.query('rollback');
    // Right after a hang others are refused for a moment, rather than hang as well.
    await expect
      .poll(() => store.updateChannel('channel', { name: 'y' }).catch(() => undefined))
      .toMatchObject({ seq: 1 });
    expect(
      await query(
        connection,
        `select count(*)::int as count from pg_stat_activity where datname = current_database()`,
      ),
    ).toEqual([{ count: 3 }]);
  });

  test('[C0] connections to a server that takes no writes any more are given up for new ones', async () => {
    const connection = await postgres.createDatabase();
    const store = await openStore({ connection });
    const setReadOnly = async (value: 'on' | 'off') => {
      await query(connection, `alter system set default_transaction_read_only = ${value}`);
      await query(connection, 'select pg_reload_conf()');
    };
    const listConnections = () =>
      query(
        connection,
        `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
    const before = await listConnections();
    expect(before).toHaveLength(1);
    onTestFinished(() => setReadOnly('off'));
    await setReadOnly('on');
    const update = () => outcomeOf(store.updateChannel('channel', { name: 'x' }));
    await expect.poll(update).toEqual(UNAVAILABLE);
    await expect.poll(listConnections).not.toEqual(before);
    await setReadOnly('off');
    await expect.poll(update).toMatchObject({ id: 'channel' });
  });

  test('[C0c] settings that are none are a clear error at start, without what they hold', async () => {
    const store = createPostgresStore({ connection: 'postgres://user:secret@[nowhere' });
    onTestFinished(() => store.close());
    await expect(store.open()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.not.stringContaining('secret'),
    });
  });
});
