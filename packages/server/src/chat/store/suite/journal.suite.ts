import { describe, expect, test } from 'vitest';
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

/** What every store does with the journals of channels. */
export function describeJournal(name: string, openStore: OpenStore): void {
  describe(`${name}: the journal`, () => {
    test('numbers every change of a channel 1, 2, 3 …', async () => {
      const store = await createFilledStore(openStore);
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
      const store = await createStore(openStore);
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
      const store = await createStore(openStore);
      await store.createChannel(channel());
      await store.appendMessage(message(1, { clientMessageId: 'c' }));
      await store.appendMessage(message(2, { clientMessageId: 'c' }));
      expect(await store.appendMessage(message(3))).toMatchObject({ message: { seq: 2 } });
    });

    test('is read page by page', async () => {
      const store = await createFilledStore(openStore);
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
      const store = await createStore(openStore);
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

    test('is told whole from everywhere, whether little or much of it is left, short or long', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      const epoch = await epochOf(store);
      for (let number = 1; number <= 20; number += 1) {
        const long = number === 18 ? 'x'.repeat(20_000) : '';
        await store.appendMessage(message(number, { text: `message ${number}${long}` }));
        await store.updateChannel(CHANNEL, { number });
      }
      await store.deleteMessage(CHANNEL, message(19).id);
      const all = await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(100));
      expect(all?.entries).toHaveLength(40);
      for (let seq = 1; seq <= 41; seq += 1) {
        const entries = all?.entries.filter((entry) => entry.seq > seq);
        const rest = { entries, hasMore: false, seq: 41 };
        expect(await store.readJournal(CHANNEL, { epoch, seq }, upTo(100))).toEqual(rest);
      }
    });

    test('heads of many channels are read at once, without those that are not there', async () => {
      const store = await createFilledStore(openStore);
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
      const store = await createFilledStore(openStore);
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
      const store = await createFilledStore(openStore);
      const epoch = await epochOf(store);
      expect(await store.readJournal(CHANNEL, { epoch: 'other', seq: 1 }, upTo(10))).toBeUndefined();
      expect(await store.readJournal(CHANNEL, { epoch, seq: 6 }, upTo(10))).toBeUndefined();
      await store.deleteChannel(CHANNEL);
      await store.createChannel(channel());
      expect(await epochOf(store)).not.toBe(epoch);
      expect(await store.readJournal(CHANNEL, { epoch, seq: 0 }, upTo(10))).toBeUndefined();
    });
  });
}
