import { findPostgres, type PostgresInstance, startPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createPostgresStore } from './postgres-store';
import { createMessage } from './test-message';

const programs = findPostgres();

describe.skipIf(!programs)('PostgreSQL that several servers use', () => {
  let postgres: PostgresInstance;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '', { isDurable: false });
  });
  afterAll(() => postgres.stop());

  test('[C5] changes of the same channels in another order by another server wait for each other, never in a circle', async () => {
    const connection = await postgres.createDatabase();
    const stores = [createPostgresStore({ connection }), createPostgresStore({ connection })] as const;
    const client = new Client({ connectionString: connection });
    onTestFinished(async () => {
      await Promise.all([client.end(), ...stores.map((store) => store.close())]);
    });
    await client.connect();
    const ids = ['a', 'b', 'c'];
    for (const id of ids) {
      await stores[0].createChannel({ id, serverId: 's', properties: {}, agentIds: [], createdAt: 1 });
    }
    const changeAll = async (store: (typeof stores)[number], order: readonly string[], round: number) => {
      const changes = order.flatMap((id, index) => [
        store.updateChannel(id, { topic: `${round}` }),
        store.appendMessage(createMessage(id, round * 100 + index + (store === stores[0] ? 0 : 50))),
        store.createChannel({
          ...{ id: `${id}-${round}`, serverId: 's', properties: {}, agentIds: [], createdAt: 1 },
        }),
      ]);
      await Promise.all(changes);
    };
    for (let round = 0; round < 30; round += 1) {
      await Promise.all([changeAll(stores[0], ids, round), changeAll(stores[1], [...ids].reverse(), round)]);
    }
    await Promise.all(stores.map((store) => store.close()));
    const deadlocks = 'select deadlocks from pg_stat_database where datname = current_database()';
    await expect
      .poll(
        async () =>
          (await client.query('select count(*) from pg_stat_activity where datname = current_database()'))
            .rows,
      )
      .toEqual([{ count: '1' }]);
    expect((await client.query(deadlocks)).rows).toEqual([{ deadlocks: '0' }]);
  });

  test('a turn whose server is gone is taken over by one of several', async () => {
    const connection = await postgres.createDatabase();
    const stores = [1, 2, 3].map(() => createPostgresStore({ connection }));
    onTestFinished(async () => {
      await Promise.all(stores.map((store) => store.close()));
    });
    const asked = { channelId: 'a', epoch: 'e', serverId: 's', inReplyToMessageId: 'q' };
    const turn = { ...asked, agentId: 'x', senderName: 'X' };
    const answer = { text: '', tools: [], actions: [], attachments: [] };
    for (let round = 0; round < 20; round += 1) {
      const messageId = `m${round}`;
      await stores[0]?.turns.begin({ ...turn, messageId, answer }, 'gone');
      const claim = { channelId: 'a', messageId, owner: 'gone', beat: 0 };
      const taken = await Promise.all(
        stores.map(({ turns }, index) => turns.renew([{ ...claim, next: `${index}` }])),
      );
      expect(taken.flat().toSorted()).toEqual(['going', 'gone', 'gone']);
    }
  });
});
