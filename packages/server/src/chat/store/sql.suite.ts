import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Store } from '../ports/store';
import type { SqlStoreOptions } from './sql/sql-store-options';
import { CHANNEL, channel, epochOf, message, outline, texts, upTo } from './test-store';

/** A store, and its database for somebody else to change. */
export interface OpenedSqlStore {
  readonly store: Store;
  /** Runs a statement in the database; resolves to its rows. */
  run(sql: string): Promise<unknown>;
}

/** Rows from a counter, for a channel with a journal too long to be sent. */
const manyMessages = (count: number) => `
  insert into messages (channel_number, seq, id, created_at, body)
  with recursive counter (seq) as (select 1 union all select seq + 1 from counter where seq < ${count})
  select number, counter.seq, 'id ' || counter.seq, 1, '{"text":"message"}'
  from counter cross join channels where channels.id = '${CHANNEL}'`;

/** What every store does that a SQL database is below of. */
export function describeSqlStore(
  name: string,
  openStore: (options: SqlStoreOptions) => Promise<OpenedSqlStore>,
): void {
  /** A store with a channel, and what its log was told. */
  const open = async (options: SqlStoreOptions = {}) => {
    const told: object[] = [];
    const logger = { warn: (details: object) => void told.push(details) };
    const opened = await openStore({ logger, ...options });
    onTestFinished(() => opened.store.close());
    await opened.store.createChannel(channel());
    return { ...opened, told };
  };

  describe(`${name}, a SQL store`, () => {
    afterEach(() => void vi.useRealTimers());

    test('[C6] a row that cannot be read is left out of history and journal, and its place is logged once', async () => {
      const { store, run, told } = await open();
      for (const number of [1, 2, 3]) await store.appendMessage(message(number));
      await store.updateChannel(CHANNEL, { name: 'new' });
      await store.clearMessages(CHANNEL);
      for (const number of [4, 5, 6]) await store.appendMessage(message(number));
      await run(`update messages set body = 'no JSON' where seq = 7`);
      await run(`update messages set body = '"a text"' where seq = 8`);
      await run(`update journal set body = '' where seq = 4`);
      const epoch = await epochOf(store);
      for (const _ of [1, 2]) {
        expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual(['message 4']);
        const page = await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(9));
        expect(outline(page)).toEqual(['5 channelCleared', '6 +4']);
        expect(page).toMatchObject({ seq: 8, hasMore: false });
      }
      expect(told).toEqual([
        { table: 'messages', channelId: CHANNEL, seq: 7, id: message(5).id },
        { table: 'messages', channelId: CHANNEL, seq: 8, id: message(6).id },
        { table: 'journal', channelId: CHANNEL, seq: 4 },
      ]);
    });

    test('[C6] whoever turns the pages of a history gets past rows that cannot be read', async () => {
      const { store, run } = await open();
      for (const number of [1, 2, 3, 4, 5]) await store.appendMessage(message(number));
      await run(`update messages set body = '' where seq in (2, 3, 4)`);
      const { messages, hasMore } = await store.listMessages(CHANNEL, { limit: 1, before: 5 });
      expect({ texts: messages.map(({ text }) => text), hasMore }).toEqual({
        texts: ['message 1'],
        hasMore: false,
      });
      expect(texts(await store.listMessages(CHANNEL, { limit: 2, after: 1 }))).toEqual(['message 5']);
      expect(await store.readJournal(CHANNEL, { epoch: await epochOf(store), seq: 1 }, upTo(2))).toEqual({
        entries: [],
        seq: 3,
        hasMore: true,
      });
    });

    test('[C6] a channel whose properties or agents cannot be read has none, and can be set anew', async () => {
      const { store, run, told } = await open();
      await run(`update channels set properties = '[', agent_ids = '{}'`);
      expect(await store.getChannel(CHANNEL)).toMatchObject({ properties: {}, agentIds: [] });
      expect(told).toEqual([{ table: 'channels', id: CHANNEL }]);
      await store.updateChannel(CHANNEL, { name: 'new' });
      await store.addAgent(CHANNEL, 'agent');
      expect(await store.getChannel(CHANNEL)).toMatchObject({
        properties: { name: 'new' },
        agentIds: ['agent'],
      });
    });

    test('[C4] a write that the database refuses takes nothing of the same commit with it, and is the caller’s error', async () => {
      const { store } = await open();
      await store.appendMessage(message(1));
      const sent = [2, 3, 1, 4, 5].map((number) => store.appendMessage(message(number)));
      const outcomes = await Promise.allSettled(sent);
      expect(outcomes).toMatchObject([
        { value: { message: { seq: 2 } } },
        { value: { message: { seq: 3 } } },
        {
          reason: {
            code: 'INVALID_PAYLOAD',
            retryable: false,
            message: expect.not.stringMatching(/unique|messages/i),
          },
        },
        { value: { message: { seq: 4 } } },
        { value: { message: { seq: 5 } } },
      ]);
    });

    test('[C4] neither does it take what is behind it', async () => {
      const { store } = await open();
      await store.appendMessage(message(1));
      const outcomes = await Promise.allSettled([
        store.appendMessage(message(1)),
        store.updateChannel(CHANNEL, { name: 'behind' }),
        store.appendMessage(message(2)),
      ]);
      expect(outcomes).toMatchObject([
        { reason: { code: 'INVALID_PAYLOAD' } },
        { value: { properties: { name: 'behind' }, seq: 2 } },
        { value: { message: { seq: 3 } } },
      ]);
    });

    test('[C0c] more writes than may wait are told at once to come back, and those that wait are stored', async () => {
      const { store } = await open({ maxWaitingWrites: 3 });
      const sent = [1, 2, 3, 4, 5].map((number) => store.appendMessage(message(number)));
      const overloaded = { reason: { code: 'OVERLOADED', retryable: true } };
      const stored = { status: 'fulfilled' };
      expect(await Promise.allSettled(sent)).toMatchObject([stored, stored, stored, overloaded, overloaded]);
      expect(await store.appendMessage(message(4))).toMatchObject({ message: { seq: 4 } });
    });

    test('[C5] what is done in one turn is done in its order, also where a channel is deleted and created meanwhile', async () => {
      const { store } = await open();
      const { epoch } = await store.createChannel(channel());
      const [first, deleted, missing] = await Promise.all([
        store.appendMessage(message(1)),
        store.deleteChannel(CHANNEL),
        store.appendMessage(message(2)),
        store.createChannel(channel('other')),
      ]);
      expect([first, deleted, missing]).toMatchObject([
        { message: { seq: 1 } },
        { epoch, seq: 2 },
        undefined,
      ]);
      const created = await Promise.all(
        [1, 2, 3].map((createdAt) => store.createChannel({ ...channel(), createdAt })),
      );
      expect(new Set(created.map((one) => `${one.epoch} ${one.createdAt}`)).size).toBe(1);
      expect(created[0]?.epoch).not.toBe(epoch);
      expect(await store.appendMessage(message(3))).toMatchObject({ message: { seq: 1 } });
    });

    test('[D3] a long journal is forgotten in portions', async () => {
      const { store, run } = await open();
      await run(manyMessages(12_000));
      await run('update channels set seq = 12000');
      await store.prune({ maxCount: 3 });
      expect((await store.listMessages(CHANNEL, { limit: 9 })).messages.map(({ seq }) => seq)).toEqual([
        11_998, 11_999, 12_000,
      ]);
      const epoch = await epochOf(store);
      expect(await store.readJournal(CHANNEL, { epoch, seq: 11_996 }, upTo(9))).toBeUndefined();
      expect(await store.readJournal(CHANNEL, { epoch, seq: 11_997 }, upTo(9))).toMatchObject({
        seq: 12_000,
      });
      await store.prune({ maxAgeMs: 1_000 });
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual([]);
      expect(await store.appendMessage(message(1))).toMatchObject({ message: { seq: 12_001 } });
    });

    test('what is remembered of sends is forgotten once its day is over and its time, too', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 12) });
      const { store, run } = await open({ idempotencyMs: 10_000 });
      for (const number of [1, 2])
        await store.appendMessage(message(number, { clientMessageId: `${number}` }));
      for (const [hour, remembered] of [
        [13, 2],
        [24, 2],
        [25, 0],
      ] as const) {
        vi.setSystemTime(Date.UTC(2026, 0, 1, hour));
        await store.prune({});
        expect(await run('select send_key from sends')).toHaveLength(remembered);
      }
    });

    test.each([
      ['timeoutMs', 0],
      ['maxWaitingWrites', 1.5],
      ['idempotencyMs', Number.NaN],
      ['maxPropertiesBytes', -1],
    ])('%s of %d is refused', async (name, value) => {
      await expect(openStore({ [name]: value })).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
        message: `\`${name}\` must be a whole number over 0, not ${value}.`,
      });
    });
  });
}
