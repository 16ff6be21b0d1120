import { findPostgres, type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { MovedChannel } from '../../runtime/ports/event-store';
import type { Store } from '../ports/store';
import { createPostgresStore } from './postgres-store';
import { createMessage } from './test-message';
import { createTcpProxy } from './test-tcp-proxy';

const programs = findPostgres();
const channel = { id: 'channel', serverId: 's', properties: {}, agentIds: [], createdAt: 1 };
const TERMINATE_OTHERS = `select pg_terminate_backend(pid) from pg_stat_activity
  where pid <> pg_backend_pid() and datname = current_database()`;

describe.skipIf(!programs)('PostgreSQL that tells of moves', () => {
  let postgres: PostgresInstance;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '', { isDurable: false });
  });
  afterAll(() => postgres.stop());

  /** Two stores of one database, as two processes have them, and what the second one hears. */
  async function openTwo() {
    const connection = await postgres.createDatabase();
    const proxy = await createTcpProxy(connection);
    const writing = createPostgresStore({ connection });
    const watching = createPostgresStore({ connection: proxy.connection, timeoutMs: 300 });
    const client = new Client({ connectionString: connection });
    onTestFinished(async () => {
      await Promise.all([client.end(), writing.close(), watching.close()]);
    });
    await client.connect();
    const moves: MovedChannel[] = [];
    let gaps = 0;
    const stop = watching.watch?.(
      (moved) => void moves.push(moved),
      () => {
        gaps += 1;
      },
    );
    const heard = (count: number) => expect.poll(() => gaps).toBe(count);
    await heard(1);
    return { writing, watching, client, proxy, moves, heard, stop };
  }

  const append = (store: Store, number: number) => store.appendMessage(createMessage('channel', number));

  test('[C2] every change by another store is heard of once it is committed, one time for all of one commit', async () => {
    const { writing, watching, moves } = await openTwo();
    const { epoch } = await writing.createChannel(channel);
    await Promise.all(Array.from({ length: 100 }, (_, index) => append(writing, index)));
    await writing.updateChannel('channel', { name: 'new' });
    await writing.deleteMessage('channel', createMessage('channel', 1).id);
    await writing.clearMessages('channel');
    expect((await watching.getChannel('channel'))?.seq).toBe(103);
    await writing.deleteChannel('channel');
    const move = { channelId: 'channel', epoch, deleted: false };
    await expect
      .poll(() => moves)
      .toEqual([
        { ...move, seq: 100 },
        { ...move, seq: 101 },
        { ...move, seq: 102 },
        { ...move, seq: 103 },
        { ...move, seq: 104, deleted: true },
      ]);
  });

  test('[C2] more channels than one notification holds are told of all the same', async () => {
    const { writing, watching, moves } = await openTwo();
    const ids = Array.from({ length: 200 }, (_, index) => `channel ${index} ${'é'.repeat(20)}`);
    await Promise.all(ids.map((id) => writing.createChannel({ ...channel, id })));
    await Promise.all(ids.map((id, index) => writing.appendMessage(createMessage(id, index))));
    await expect.poll(() => moves.length).toBe(200);
    const heads = await watching.readHeads(ids);
    const told = moves.map(({ channelId, epoch, seq }) => [channelId, { epoch, seq }]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(heads));
  });

  test('[C2] a store does not hear of its own changes, nor of what changes nothing, nor of what others say there', async () => {
    const { writing, watching, client, moves } = await openTwo();
    const { epoch } = await watching.createChannel(channel);
    await append(watching, 1);
    await writing.deleteMessage('channel', 'missing');
    await writing.appendMessage({ ...createMessage('missing', 2) });
    for (const payload of ['', 'no JSON', 'null', `${'x'.repeat(36)}[1,["a"],["a","b","c",true]]`]) {
      await client.query(`select pg_notify('wirepact_moved', $1)`, [payload]);
    }
    await append(writing, 3);
    await expect.poll(() => moves).toEqual([{ channelId: 'channel', epoch, seq: 2, deleted: false }]);
  });

  test.each([
    ['is ended', ({ client }: Awaited<ReturnType<typeof openTwo>>) => client.query(TERMINATE_OTHERS)],
    ['is lost with the whole server', () => postgres.restart()],
  ])('[C2] after its connection %s, a store listens again and is told of the gap', async (_what, harm) => {
    const two = await openTwo();
    two.client.on('error', () => undefined);
    await two.writing.createChannel(channel);
    await harm(two);
    await two.heard(2);
    await expect
      .poll(() => append(two.writing, 1).catch(() => undefined))
      .toMatchObject({ message: { seq: 1 } });
    await expect.poll(() => two.moves).toMatchObject([{ seq: 1 }]);
  });

  test('[C2] a listening connection on which nothing comes any more is replaced', async () => {
    const { proxy, heard, writing, moves } = await openTwo();
    await writing.createChannel(channel);
    proxy.stallConnected();
    await append(writing, 1);
    await heard(2);
    await append(writing, 2);
    await expect.poll(() => moves).toMatchObject([{ seq: 2 }]);
  });

  test('[C2] nothing is heard any more once it is stopped, or the store is closed', async () => {
    const { writing, watching, moves, stop, client } = await openTwo();
    await writing.createChannel(channel);
    watching.watch?.(
      (moved) => void moves.push(moved),
      () => undefined,
    );
    stop?.();
    await watching.close();
    const listening = `select count(*)::int as count from pg_stat_activity where query like 'listen%' and datname = current_database()`;
    await expect.poll(async () => (await client.query(listening)).rows).toEqual([{ count: 0 }]);
    await append(writing, 1);
    expect(moves).toEqual([]);
  });
});
