import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  CHANNEL,
  channel,
  createFilledStore,
  createStore,
  epochOf,
  message,
  type OpenStore,
  outline,
  texts,
  upTo,
} from '../test-store';

/** What every store forgets, and how. */
export function describeRetention(name: string, openStore: OpenStore): void {
  afterEach(() => void vi.useRealTimers());

  describe(`${name}: retention`, () => {
    test('forgets by count, and does not pass a part off as the whole', async () => {
      const store = await createFilledStore(openStore);
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
      const store = await createStore(openStore);
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

    test('forgets nothing where nothing is to be forgotten, and nothing twice', async () => {
      const store = await createFilledStore(openStore);
      const epoch = await epochOf(store);
      for (const retention of [{}, { maxCount: 5 }, { maxAgeMs: 1_000_000_000_000_000 }])
        await store.prune(retention);
      expect(await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(10))).toMatchObject({ seq: 5 });
      for (const _ of [1, 2]) await store.prune({ maxCount: 2 });
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual(['message 4', 'message 5']);
    });

    test('forgets by count and by age in each channel for itself, deletions and changes as well', async () => {
      const store = await createFilledStore(openStore);
      await store.createChannel(channel('other'));
      for (const number of [1, 2, 3])
        await store.appendMessage({ ...message(number + 10), channelId: 'other' });
      await store.deleteMessage(CHANNEL, message(5).id);
      await store.updateChannel(CHANNEL, { name: 'new' });
      await store.prune({ maxAgeMs: 1_000_000_000_000_000, maxCount: 4 });
      const epoch = await epochOf(store);
      expect(outline(await store.readJournal(CHANNEL, { epoch, seq: 3 }, upTo(10)))).toEqual([
        '4 +4',
        '6 -5',
        '7 channelUpdated',
      ]);
      expect(texts(await store.listMessages('other', { limit: 9 }))).toHaveLength(3);
    });

    test('a channel loses all it has at once, also what takes several transactions, and is written to meanwhile', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      const MANY = 5_000;
      const appendAll = (from: number, to: number) =>
        Promise.all(
          Array.from({ length: to - from }, (_, index) => store.appendMessage(message(from + index))),
        );
      await appendAll(1, 2_500);
      await appendAll(2_500, MANY);
      const epoch = await epochOf(store);
      const [cleared, meanwhile] = await Promise.all([
        store.clearMessages(CHANNEL),
        store.appendMessage(message(MANY)),
      ]);
      const seqs = [cleared?.seq, meanwhile?.message.seq];
      expect(seqs.toSorted()).toEqual([MANY, MANY + 1]);
      const left = meanwhile?.message.seq === MANY ? [] : [`message ${MANY}`];
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual(left);
      expect(await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(10))).toBeUndefined();
      expect(await store.getChannel(CHANNEL)).toMatchObject({ epoch, seq: MANY + 1 });

      await appendAll(MANY + 1, MANY + 2_500);
      await appendAll(MANY + 2_500, 2 * MANY);
      expect(await store.deleteChannel(CHANNEL)).toMatchObject({ epoch, seq: 2 * MANY + 1 });
      expect(await store.getChannel(CHANNEL)).toBeUndefined();
      const anew = await store.createChannel(channel());
      expect([anew.epoch === epoch, anew.seq]).toEqual([false, 0]);
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual([]);
    });
  });
}
