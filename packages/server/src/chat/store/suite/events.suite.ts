import { describe, expect, test } from 'vitest';
import {
  CHANNEL,
  channel,
  createFilledStore,
  createStore,
  epochOf,
  type OpenStore,
  upTo,
} from '../test-store';

const moved = (card: number, key?: string, actor = 'ada') => ({
  name: 'cardMoved',
  payload: { card, text: 'ä\u0000"' },
  actor,
  ...(key !== undefined && { key }),
});

/** What every store does with events of a contract. */
export function describeEvents(name: string, openStore: OpenStore): void {
  describe(`${name}: events of a contract`, () => {
    test('a channel is opened once, whoever does it', async () => {
      const store = await createStore(openStore);
      const opened = await Promise.all(Array.from({ length: 5 }, () => store.openChannel('board:b1')));
      expect(new Set(opened.map(({ epoch }) => epoch)).size).toBe(1);
      expect(opened[0]?.seq).toBe(0);
      await store.appendEvent('board:b1', moved(1));
      expect(await store.openChannel('board:b1')).toEqual({ epoch: opened[0]?.epoch, seq: 1 });
    });

    test('are kept in order among everything else, and read as they were', async () => {
      const store = await createFilledStore(openStore);
      const epoch = await epochOf(store);
      expect(await store.appendEvent(CHANNEL, moved(1))).toEqual({ epoch, seq: 6, repeated: false });
      await store.updateChannel(CHANNEL, { name: 'new' });
      expect(await store.appendEvent(CHANNEL, moved(2, 'k'))).toEqual({ epoch, seq: 8, repeated: false });
      const page = await store.readJournal(CHANNEL, { epoch, seq: 5 }, upTo(10));
      expect(page?.entries).toEqual([
        { event: 'published', seq: 6, ...moved(1) },
        { event: 'channelUpdated', seq: 7, updates: { name: 'new' } },
        { event: 'published', seq: 8, ...moved(2, 'k') },
      ]);
    });

    test('are kept once for each sender, event and key, also where they come at once', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      const epoch = await epochOf(store);
      const sent = await Promise.all([1, 2, 3].map(() => store.appendEvent(CHANNEL, moved(1, 'k'))));
      expect(sent).toEqual([
        { epoch, seq: 1, repeated: false },
        { epoch, seq: 1, repeated: true },
        { epoch, seq: 1, repeated: true },
      ]);
      expect(await store.appendEvent(CHANNEL, moved(1, 'k', 'bob'))).toMatchObject({
        seq: 2,
        repeated: false,
      });
      expect(await store.appendEvent(CHANNEL, { ...moved(1, 'k'), name: 'cardAdded' })).toMatchObject({
        seq: 3,
      });
      expect(await store.appendEvent(CHANNEL, moved(1))).toMatchObject({ seq: 4, repeated: false });
    });

    test('may be sent again once the time to repeat is over', async () => {
      const store = await createStore(openStore, { idempotencyMs: 1 });
      await store.createChannel(channel());
      await store.appendEvent(CHANNEL, moved(1, 'k'));
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await store.appendEvent(CHANNEL, moved(2, 'k'))).toMatchObject({ seq: 2, repeated: false });
    });

    test('go nowhere where there is no channel, and end with theirs', async () => {
      const store = await createStore(openStore);
      expect(await store.appendEvent('board:b1', moved(1))).toBeUndefined();
      const { epoch } = await store.openChannel('board:b1');
      await store.appendEvent('board:b1', moved(1, 'k'));
      expect(await store.deleteChannel('board:b1')).toEqual({ epoch, seq: 2 });
      const again = await store.openChannel('board:b1');
      expect(again).not.toEqual({ epoch, seq: 0 });
      expect(await store.appendEvent('board:b1', moved(1, 'k'))).toEqual({
        epoch: again.epoch,
        seq: 1,
        repeated: false,
      });
    });

    test('are forgotten as messages are', async () => {
      const store = await createStore(openStore);
      const { epoch } = await store.openChannel('board:b1');
      for (const card of [1, 2, 3, 4]) await store.appendEvent('board:b1', moved(card));
      await store.prune({ maxCount: 2 });
      expect(await store.readJournal('board:b1', { epoch, seq: 1 }, upTo(10))).toBeUndefined();
      const page = await store.readJournal('board:b1', { epoch, seq: 2 }, upTo(10));
      expect(page?.entries.map(({ seq }) => seq)).toEqual([3, 4]);
    });
  });
}
