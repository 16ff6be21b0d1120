import { describe, expect, test } from 'vitest';
import {
  CHANNEL,
  channel,
  createFilledStore,
  createStore,
  message,
  type OpenStore,
  texts,
  upTo,
} from '../test-store';

/** What every store does with channels. */
export function describeChannels(name: string, openStore: OpenStore): void {
  describe(`${name}: channels`, () => {
    test('creating one twice answers with the first', async () => {
      const store = await createStore(openStore);
      expect(await store.createChannel({ ...channel(), createdAt: 7 })).toMatchObject({ createdAt: 7 });
      expect(await store.createChannel({ ...channel(), createdAt: 8 })).toMatchObject({ createdAt: 7 });
      expect(await store.getChannel(CHANNEL)).toMatchObject({ createdAt: 7 });
    });

    test('an update sets the properties named and leaves the others', async () => {
      const store = await createStore(openStore);
      await store.createChannel({ ...channel(), properties: { name: 'old', topic: 'cats' } });
      expect(await store.updateChannel(CHANNEL, { name: 'new', colour: 'red' })).toMatchObject({
        properties: { name: 'new', topic: 'cats', colour: 'red' },
      });
      expect(await store.getChannel(CHANNEL)).toMatchObject({ properties: { name: 'new' } });
    });

    test('an agent is added once', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      for (const agentId of ['a', 'b', 'a']) await store.addAgent(CHANNEL, agentId);
      expect(await store.getChannel(CHANNEL)).toMatchObject({ agentIds: ['a', 'b'] });
    });

    test('a deleted one is gone with its messages', async () => {
      const store = await createFilledStore(openStore);
      expect(await store.deleteChannel(CHANNEL)).toEqual({ epoch: expect.any(String), seq: 6 });
      expect(await store.deleteChannel(CHANNEL)).toBeUndefined();
      expect(await store.getChannel(CHANNEL)).toBeUndefined();
      await store.createChannel(channel());
      expect(texts(await store.listMessages(CHANNEL, { limit: 10 }))).toEqual([]);
    });

    test('one that is not there answers so to everything', async () => {
      const store = await createStore(openStore);
      expect(await store.getChannel(CHANNEL)).toBeUndefined();
      expect(await store.updateChannel(CHANNEL, {})).toBeUndefined();
      expect(await store.appendMessage(message(1))).toBeUndefined();
      expect(await store.deleteMessage(CHANNEL, message(1).id)).toBeUndefined();
      expect(await store.clearMessages(CHANNEL)).toBeUndefined();
      expect(await store.readJournal(CHANNEL, { epoch: 'x', seq: 0 }, upTo(10))).toBeUndefined();
      expect(texts(await store.listMessages(CHANNEL, { limit: 10 }))).toEqual([]);
    });

    test('[D2] no more agents are kept than 32, and those that are there stay', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      const added: unknown[] = [];
      for (let number = 1; number <= 40; number += 1) {
        added.push(await store.addAgent(CHANNEL, `agent ${number}`));
      }
      expect(added).toEqual(Array.from({ length: 40 }, (_, index) => index < 32));
      expect(await store.addAgent(CHANNEL, 'agent 1')).toBe(true);
      expect((await store.getChannel(CHANNEL))?.agentIds).toHaveLength(32);
      expect(await store.addAgent('missing', 'agent 1')).toBeUndefined();
    });

    test('[D6] channels are counted, no further than is asked', async () => {
      const store = await createStore(openStore);
      expect(await store.countChannels(2)).toBe(0);
      for (const id of ['a', 'b', 'c']) await store.createChannel({ ...channel(), id });
      expect([await store.countChannels(2), await store.countChannels(9)]).toEqual([2, 3]);
    });

    test('[D6] properties that would be too large together are refused, and change nothing', async () => {
      const store = await createStore(openStore, { maxPropertiesBytes: 100 });
      const tooLarge = { code: 'PROPERTIES_TOO_LARGE', retryable: false };
      const properties = { topic: 'é'.repeat(60) };
      await expect(store.createChannel({ ...channel(), properties })).rejects.toMatchObject(tooLarge);
      await store.createChannel({ ...channel(), properties: { name: 'x'.repeat(50) } });
      const together = [
        store.appendMessage(message(1)),
        store.updateChannel(CHANNEL, { topic: 'y'.repeat(50) }),
        store.appendMessage(message(2)),
      ];
      const [first, updated, second] = await Promise.allSettled(together);
      expect(updated).toMatchObject({ reason: tooLarge });
      expect([first, second]).toMatchObject([
        { value: { message: { seq: 1 } } },
        { value: { message: { seq: 2 } } },
      ]);
      expect(await store.updateChannel(CHANNEL, { name: 'short', topic: 'y'.repeat(50) })).toMatchObject({
        seq: 3,
      });
    });

    test('[C7] properties are kept as JSON says them, also in the answer', async () => {
      const store = await createStore(openStore);
      const at = new Date(0);
      const kept = { name: 'one', metadata: { at: at.toJSON() } };
      expect(
        await store.createChannel({ ...channel(), properties: { ...kept, metadata: { at } } }),
      ).toMatchObject({
        properties: kept,
      });
      const updated = await store.updateChannel(CHANNEL, { name: undefined, topic: 'two' });
      expect(updated?.properties).toEqual({ ...kept, topic: 'two' });
      expect((await store.getChannel(CHANNEL))?.properties).toEqual({ ...kept, topic: 'two' });
    });
  });
}
