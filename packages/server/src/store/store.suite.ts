import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type {
  JournalBounds,
  JournalPage,
  MessagePage,
  MessageQuery,
  NewStoredChannel,
  NewStoredMessage,
  Store,
} from '../ports/store';
import { createMessage } from './test-message';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const SERVER = '00000000-0000-0000-0000-000000000000';

const channel = (id = CHANNEL): NewStoredChannel => ({
  id,
  serverId: SERVER,
  properties: {},
  agentIds: [],
  createdAt: 1,
});

const message = (number: number, fields: Partial<NewStoredMessage> = {}) =>
  createMessage(CHANNEL, number, { serverId: SERVER, text: `message ${number}`, ...fields });

const texts = ({ messages }: MessagePage) => messages.map(({ text }) => text);

/** Bounds of a part of a journal. */
const upTo = (maxEntries: number, maxBytes = 1_000_000): JournalBounds => ({ maxEntries, maxBytes });

/** What is different in a journal: `+1` a message with the number 1, `-1` its deletion. */
const outline = (page: JournalPage | undefined) =>
  page?.entries.map((entry) => {
    if (entry.event === 'messageBroadcast') return `${entry.seq} +${entry.message.text.slice(8)}`;
    if (entry.event === 'messageDeleted') return `${entry.seq} -${Number(entry.messageId.slice(-12))}`;
    return `${entry.seq} ${entry.event}`;
  });

/** What the suite asks of a store's factory. */
export interface StoreSuiteOptions {
  readonly idempotencyMs?: number;
}

/** What every store does, whatever keeps the data. `openStore` answers with an empty one. */
export function describeStore(name: string, openStore: (options: StoreSuiteOptions) => Promise<Store>): void {
  const createStore = async (options: StoreSuiteOptions = {}) => {
    const store = await openStore(options);
    onTestFinished(() => store.close());
    return store;
  };

  /** A store with a channel of five messages. */
  const createFilledStore = async () => {
    const store = await createStore();
    await store.createChannel(channel());
    for (const number of [1, 2, 3, 4, 5]) await store.appendMessage(message(number));
    return store;
  };

  const epochOf = async (store: Store) => (await store.getChannel(CHANNEL))?.epoch ?? '';

  afterEach(() => void vi.useRealTimers());

  describe(`${name}: channels`, () => {
    test('creating one twice answers with the first', async () => {
      const store = await createStore();
      expect(await store.createChannel({ ...channel(), createdAt: 7 })).toMatchObject({ createdAt: 7 });
      expect(await store.createChannel({ ...channel(), createdAt: 8 })).toMatchObject({ createdAt: 7 });
      expect(await store.getChannel(CHANNEL)).toMatchObject({ createdAt: 7 });
    });

    test('an update sets the properties named and leaves the others', async () => {
      const store = await createStore();
      await store.createChannel({ ...channel(), properties: { name: 'old', topic: 'cats' } });
      expect(await store.updateChannel(CHANNEL, { name: 'new', colour: 'red' })).toMatchObject({
        properties: { name: 'new', topic: 'cats', colour: 'red' },
      });
      expect(await store.getChannel(CHANNEL)).toMatchObject({ properties: { name: 'new' } });
    });

    test('an agent is added once', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      for (const agentId of ['a', 'b', 'a']) await store.addAgent(CHANNEL, agentId);
      expect(await store.getChannel(CHANNEL)).toMatchObject({ agentIds: ['a', 'b'] });
    });

    test('a deleted one is gone with its messages', async () => {
      const store = await createFilledStore();
      expect(await store.deleteChannel(CHANNEL)).toEqual({ epoch: expect.any(String), seq: 6 });
      expect(await store.deleteChannel(CHANNEL)).toBeUndefined();
      expect(await store.getChannel(CHANNEL)).toBeUndefined();
      await store.createChannel(channel());
      expect(texts(await store.listMessages(CHANNEL, { limit: 10 }))).toEqual([]);
    });

    test('one that is not there answers so to everything', async () => {
      const store = await createStore();
      expect(await store.getChannel(CHANNEL)).toBeUndefined();
      expect(await store.updateChannel(CHANNEL, {})).toBeUndefined();
      expect(await store.appendMessage(message(1))).toBeUndefined();
      expect(await store.deleteMessage(CHANNEL, message(1).id)).toBeUndefined();
      expect(await store.clearMessages(CHANNEL)).toBeUndefined();
      expect(await store.readJournal(CHANNEL, { epoch: 'x', seq: 0 }, upTo(10))).toBeUndefined();
      expect(texts(await store.listMessages(CHANNEL, { limit: 10 }))).toEqual([]);
    });
  });

  describe(`${name}: messages`, () => {
    test('are listed oldest first: the newest, those before a number, those after one', async () => {
      const store = await createFilledStore();
      expect(texts(await store.listMessages(CHANNEL, { limit: 2 }))).toEqual(['message 4', 'message 5']);
      expect(texts(await store.listMessages(CHANNEL, { limit: 2, before: 4 }))).toEqual([
        'message 2',
        'message 3',
      ]);
      expect(texts(await store.listMessages(CHANNEL, { limit: 2, after: 1 }))).toEqual([
        'message 2',
        'message 3',
      ]);
      expect(texts(await store.listMessages(CHANNEL, { limit: 2, after: 5 }))).toEqual([]);
      expect(texts(await store.listMessages(CHANNEL, { limit: 0 }))).toEqual([]);
    });

    test('are told to go on, or not, in the direction of the page', async () => {
      const store = await createFilledStore();
      const more = async (query: MessageQuery) => (await store.listMessages(CHANNEL, query)).hasMore;
      expect(await more({ limit: 4 })).toBe(true);
      expect(await more({ limit: 5 })).toBe(false);
      expect(await more({ limit: 1, before: 3 })).toBe(true);
      expect(await more({ limit: 2, before: 3 })).toBe(false);
      expect(await more({ limit: 1, after: 3 })).toBe(true);
      expect(await more({ limit: 2, after: 3 })).toBe(false);
    });

    test('[B9] a page holds no more bytes than asked for, one message at least, and says that there are more', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      for (const number of [1, 2, 3]) {
        await store.appendMessage(message(number, { text: `message ${number}${'é'.repeat(5_000)}` }));
      }
      const list = async (query: MessageQuery) => {
        const page = await store.listMessages(CHANNEL, query);
        return { seqs: page.messages.map(({ seq }) => seq), hasMore: page.hasMore };
      };
      expect(await list({ limit: 9, maxBytes: 25_000 })).toEqual({ seqs: [2, 3], hasMore: true });
      expect(await list({ limit: 9, maxBytes: 25_000, after: 0 })).toEqual({ seqs: [1, 2], hasMore: true });
      expect(await list({ limit: 9, maxBytes: 25_000, before: 3 })).toEqual({ seqs: [1, 2], hasMore: false });
      expect(await list({ limit: 9, maxBytes: 1 })).toEqual({ seqs: [3], hasMore: true });
      expect(await list({ limit: 9, maxBytes: 1, after: 2 })).toEqual({ seqs: [3], hasMore: false });
    });

    test('keep every field', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      const full = message(1, {
        ...{
          clientMessageId: 'c',
          inReplyToMessageId: 'r',
          thought: 't',
          actions: [{ a: 1 }],
          metadata: { m: [null] },
        },
        attachments: [{ url: '/x', type: 'image/png', alt: 'X' }],
      });
      const kept = { ...full, epoch: await epochOf(store), seq: 1 };
      expect(await store.appendMessage(full)).toEqual({ message: kept, repeated: false });
      expect(await store.listMessages(CHANNEL, { limit: 1 })).toEqual({ messages: [kept], hasMore: false });
    });

    test('repeat where channel, sender and client message id do, also at once', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      const attempts = [1, 2, 3].map((number) =>
        store.appendMessage(message(number, { clientMessageId: 'c' })),
      );
      const results = await Promise.all(attempts);
      expect(results.map((result) => result?.repeated)).toEqual([false, true, true]);
      expect(new Set(results.map((result) => result?.message.id)).size).toBe(1);
      expect(await store.appendMessage(message(4, { clientMessageId: 'c', senderId: 'eve' }))).toMatchObject({
        repeated: false,
      });
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual(['message 1', 'message 4']);
    });

    test('stay repeated after they were deleted or cleared', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      await store.appendMessage(message(1, { clientMessageId: 'c' }));
      await store.deleteMessage(CHANNEL, message(1).id);
      await store.clearMessages(CHANNEL);
      expect(await store.appendMessage(message(2, { clientMessageId: 'c' }))).toMatchObject({
        repeated: true,
      });
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual([]);
    });

    test('are deleted one by one, and all at once', async () => {
      const store = await createFilledStore();
      const epoch = await epochOf(store);
      expect(await store.deleteMessage(CHANNEL, message(2).id)).toEqual({ epoch, seq: 6 });
      expect(await store.deleteMessage(CHANNEL, message(2).id)).toBeUndefined();
      expect(texts(await store.listMessages(CHANNEL, { limit: 3 }))).toEqual([
        'message 3',
        'message 4',
        'message 5',
      ]);
      expect(await store.clearMessages(CHANNEL)).toEqual({ epoch, seq: 7 });
      expect(texts(await store.listMessages(CHANNEL, { limit: 3 }))).toEqual([]);
    });

    test('are new again once the time to repeat them is over', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      const store = await createStore({ idempotencyMs: 1_000 });
      await store.createChannel(channel());
      await store.appendMessage(message(1, { clientMessageId: 'c' }));
      vi.advanceTimersByTime(999);
      expect(await store.appendMessage(message(2, { clientMessageId: 'c' }))).toMatchObject({
        repeated: true,
      });
      vi.advanceTimersByTime(2);
      expect(await store.appendMessage(message(3, { clientMessageId: 'c' }))).toMatchObject({
        repeated: false,
      });
    });
  });

  describe(`${name}: the journal`, () => {
    test('numbers every change of a channel 1, 2, 3 …', async () => {
      const store = await createFilledStore();
      const epoch = await epochOf(store);
      await store.deleteMessage(CHANNEL, message(2).id);
      await store.updateChannel(CHANNEL, { name: 'new' });
      await store.clearMessages(CHANNEL);
      await store.appendMessage(message(6));
      expect(await store.getChannel(CHANNEL)).toMatchObject({ epoch, seq: 9 });
      const page = await store.readJournal(CHANNEL, { epoch, seq: 5 }, upTo(10));
      expect(outline(page)).toEqual(['6 -2', '7 channelUpdated', '8 channelCleared', '9 +6']);
      expect(page).toMatchObject({ seq: 9, hasMore: false });
    });

    test('numbers changes that are made at once without gaps, in the order they were made', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
      const settled: number[] = [];
      await Promise.all(
        numbers.map(async (number) => {
          const appended = await store.appendMessage(message(number));
          settled.push(appended?.message.seq ?? 0);
        }),
      );
      expect(settled).toEqual(numbers);
      expect(texts(await store.listMessages(CHANNEL, { limit: 500 }))).toEqual(
        numbers.map((number) => `message ${number}`),
      );
    });

    test('a repeated message takes no number', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      await store.appendMessage(message(1, { clientMessageId: 'c' }));
      await store.appendMessage(message(2, { clientMessageId: 'c' }));
      expect(await store.appendMessage(message(3))).toMatchObject({ message: { seq: 2 } });
    });

    test('is read page by page', async () => {
      const store = await createFilledStore();
      const epoch = await epochOf(store);
      const first = await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(3));
      expect(outline(first)).toEqual(['1 +1', '2 +2', '3 +3']);
      expect(first).toMatchObject({ seq: 3, hasMore: true });
      const second = await store.readJournal(CHANNEL, { epoch, seq: 3 }, upTo(3));
      expect(outline(second)).toEqual(['4 +4', '5 +5']);
      expect(second).toMatchObject({ seq: 5, hasMore: false });
      expect(await store.readJournal(CHANNEL, { epoch, seq: 5 }, upTo(3))).toEqual({
        entries: [],
        seq: 5,
        hasMore: false,
      });
    });

    test('[B9] is read in parts of no more bytes than asked for, one entry at least', async () => {
      const store = await createStore();
      await store.createChannel(channel());
      const { epoch = '' } = (await store.getChannel(CHANNEL)) ?? {};
      await store.appendMessage(message(1, { text: `message 1${'é'.repeat(5_000)}` }));
      await store.updateChannel(CHANNEL, { topic: 'é'.repeat(5_000) });
      await store.appendMessage(message(2, { text: `message 2${'é'.repeat(5_000)}` }));
      const read = async (seq: number, maxBytes: number) => {
        const page = await store.readJournal(CHANNEL, { epoch, seq }, upTo(9, maxBytes));
        return { seqs: page?.entries.map((entry) => entry.seq), hasMore: page?.hasMore, seq: page?.seq };
      };
      expect(await read(0, 25_000)).toEqual({ seqs: [1, 2], hasMore: true, seq: 2 });
      expect(await read(2, 25_000)).toEqual({ seqs: [3], hasMore: false, seq: 3 });
      expect(await read(0, 1)).toEqual({ seqs: [1], hasMore: true, seq: 1 });
      expect(await read(1, 1)).toEqual({ seqs: [2], hasMore: true, seq: 2 });
    });

    test('heads of many channels are read at once, without those that are not there', async () => {
      const store = await createFilledStore();
      await store.createChannel(channel('other'));
      const heads = await store.readHeads(['other', 'missing', CHANNEL, CHANNEL]);
      expect(new Map(heads)).toEqual(
        new Map([
          [CHANNEL, { epoch: await epochOf(store), seq: 5 }],
          ['other', { epoch: (await store.getChannel('other'))?.epoch, seq: 0 }],
        ]),
      );
      expect((await store.readHeads([])).size).toBe(0);
    });

    test('does not tell what was deleted since, and says where one stands all the same', async () => {
      const store = await createFilledStore();
      const epoch = await epochOf(store);
      await store.deleteMessage(CHANNEL, message(4).id);
      await store.deleteMessage(CHANNEL, message(5).id);
      const page = await store.readJournal(CHANNEL, { epoch, seq: 2 }, upTo(10));
      expect(outline(page)).toEqual(['3 +3', '6 -4', '7 -5']);
      expect(JSON.stringify(page)).not.toContain('message 4');
      await store.clearMessages(CHANNEL);
      expect(outline(await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(10)))).toEqual([
        '6 -4',
        '7 -5',
        '8 channelCleared',
      ]);
    });

    test('another epoch, or a number that is not there yet, cannot be resumed from', async () => {
      const store = await createFilledStore();
      const epoch = await epochOf(store);
      expect(await store.readJournal(CHANNEL, { epoch: 'other', seq: 1 }, upTo(10))).toBeUndefined();
      expect(await store.readJournal(CHANNEL, { epoch, seq: 6 }, upTo(10))).toBeUndefined();
      await store.deleteChannel(CHANNEL);
      await store.createChannel(channel());
      expect(await epochOf(store)).not.toBe(epoch);
      expect(await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(10))).toBeUndefined();
    });

    test('forgets by count, and does not pass a part off as the whole', async () => {
      const store = await createFilledStore();
      const epoch = await epochOf(store);
      await store.prune({ maxCount: 2 });
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual(['message 4', 'message 5']);
      expect(await store.readJournal(CHANNEL, { epoch, seq: 2 }, upTo(10))).toBeUndefined();
      expect(outline(await store.readJournal(CHANNEL, { epoch, seq: 3 }, upTo(10)))).toEqual([
        '4 +4',
        '5 +5',
      ]);
      expect(await store.appendMessage(message(6))).toMatchObject({ message: { seq: 6 } });
    });

    test('forgets by age', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      const store = await createStore();
      await store.createChannel(channel());
      for (const number of [1, 2]) await store.appendMessage(message(number, { createdAt: Date.now() }));
      vi.advanceTimersByTime(60_000);
      await store.appendMessage(message(3, { createdAt: Date.now() }));
      await store.prune({ maxAgeMs: 30_000 });
      const epoch = await epochOf(store);
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual(['message 3']);
      expect(await store.readJournal(CHANNEL, { epoch, seq: 1 }, upTo(10))).toBeUndefined();
      expect(outline(await store.readJournal(CHANNEL, { epoch, seq: 2 }, upTo(10)))).toEqual(['3 +3']);
    });
  });
}
