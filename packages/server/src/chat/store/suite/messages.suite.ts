import { afterEach, describe, expect, test, vi } from 'vitest';
import type { MessageQuery } from '../../ports/store';
import {
  CHANNEL,
  channel,
  createFilledStore,
  createStore,
  epochOf,
  message,
  type OpenStore,
  texts,
} from '../test-store';

/** What every store does with messages. */
export function describeMessages(name: string, openStore: OpenStore): void {
  afterEach(() => void vi.useRealTimers());

  describe(`${name}: messages`, () => {
    test('are listed oldest first: the newest, those before a number, those after one', async () => {
      const store = await createFilledStore(openStore);
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

    test('are never earlier than the one before them, whenever they were sent', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      const times = [50, 40, 60, 10];
      await Promise.all(times.map((createdAt, at) => store.appendMessage(message(at + 1, { createdAt }))));
      const late = await store.appendMessage(message(5, { createdAt: 20 }));
      expect(late?.message.createdAt).toBe(60);
      const listed = await store.listMessages(CHANNEL, { limit: 10 });
      expect(listed.messages.map(({ createdAt }) => createdAt)).toEqual([50, 50, 60, 60, 60]);
    });

    test('are told to go on, or not, in the direction of the page', async () => {
      const store = await createFilledStore(openStore);
      const more = async (query: MessageQuery) => (await store.listMessages(CHANNEL, query)).hasMore;
      expect(await more({ limit: 4 })).toBe(true);
      expect(await more({ limit: 5 })).toBe(false);
      expect(await more({ limit: 1, before: 3 })).toBe(true);
      expect(await more({ limit: 2, before: 3 })).toBe(false);
      expect(await more({ limit: 1, after: 3 })).toBe(true);
      expect(await more({ limit: 2, after: 3 })).toBe(false);
    });

    test('[B9] a page holds no more bytes than asked for, one message at least, and says that there are more', async () => {
      const store = await createStore(openStore);
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
      const store = await createStore(openStore);
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
      const store = await createStore(openStore);
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
      const store = await createStore(openStore);
      await store.createChannel(channel());
      await store.appendMessage(message(1, { clientMessageId: 'c' }));
      await store.deleteMessage(CHANNEL, message(1).id);
      await store.clearMessages(CHANNEL);
      expect(await store.appendMessage(message(2, { clientMessageId: 'c' }))).toMatchObject({
        repeated: true,
      });
      expect(texts(await store.listMessages(CHANNEL, { limit: 9 }))).toEqual([]);
    });

    test('repeat nothing of another channel, nor of one that had this id before', async () => {
      const store = await createStore(openStore);
      const isRepeated = async (number: number, channelId: string) =>
        (await store.appendMessage(message(number, { channelId, clientMessageId: 'c' })))?.repeated;
      await store.createChannel(channel());
      await store.createChannel(channel('other'));
      expect([await isRepeated(1, CHANNEL), await isRepeated(2, 'other')]).toEqual([false, false]);
      await store.deleteChannel(CHANNEL);
      await store.createChannel(channel());
      expect([await isRepeated(3, CHANNEL), await isRepeated(4, 'other')]).toEqual([false, true]);
    });

    test('go nowhere where they are for another life of their channel', async () => {
      const store = await createStore(openStore);
      const { epoch } = await store.createChannel(channel());
      expect((await store.appendMessage(message(1), epoch))?.message).toMatchObject({ epoch, seq: 1 });
      await store.deleteChannel(CHANNEL);
      const { epoch: next } = await store.createChannel(channel());
      const [late, current, any] = await Promise.all([
        store.appendMessage(message(2), epoch),
        store.appendMessage(message(3), next),
        store.appendMessage(message(4)),
      ]);
      expect(late).toBeUndefined();
      expect([current?.message.seq, any?.message.seq]).toEqual([1, 2]);
    });

    test('are deleted one by one, and all at once', async () => {
      const store = await createFilledStore(openStore);
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
      const store = await createStore(openStore, { idempotencyMs: 1_000 });
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

    test('are repeats over midnight, too, also where the clock of who stored them was ahead', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 2, 0, 0, 1) });
      const store = await createStore(openStore, { idempotencyMs: 10_000 });
      await store.createChannel(channel());
      const isRepeated = async (number: number, key: string) =>
        (await store.appendMessage(message(number, { clientMessageId: key })))?.repeated;
      expect(await isRepeated(1, 'ahead')).toBe(false);
      vi.setSystemTime(Date.UTC(2026, 0, 1, 23, 59, 59));
      expect([await isRepeated(2, 'ahead'), await isRepeated(3, 'before')]).toEqual([true, false]);
      vi.setSystemTime(Date.UTC(2026, 0, 2, 0, 0, 2));
      expect([await isRepeated(4, 'ahead'), await isRepeated(5, 'before')]).toEqual([true, true]);
    });

    test('[C7] are kept as JSON says them, and told so at once: buffers, dates and what JSON leaves out', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      const url = Buffer.from('x');
      const given = message(1, {
        clientMessageId: 'c',
        metadata: { at: new Date(0), gone: undefined, far: Number.POSITIVE_INFINITY },
        actions: [{ url }, () => undefined],
      });
      const appended = await store.appendMessage(given);
      const { messages } = await store.listMessages(CHANNEL, { limit: 1 });
      expect(appended).toStrictEqual({ repeated: false, message: messages[0] });
      expect(messages[0]).toMatchObject({
        metadata: { at: '1970-01-01T00:00:00.000Z', far: null },
        actions: [{ url: url.toJSON() }, null],
      });
    });

    test('[C8] what cannot be written as JSON is the error of whoever sent it, not one of the store', async () => {
      const store = await createStore(openStore);
      await store.createChannel(channel());
      const circle: Record<string, unknown> = {};
      circle.again = circle;
      const invalid = { code: 'INVALID_PAYLOAD', retryable: false };
      for (const wrong of [{ number: 1n }, circle]) {
        await expect(store.appendMessage(message(1, { metadata: wrong }))).rejects.toMatchObject(invalid);
        await expect(store.updateChannel(CHANNEL, { wrong })).rejects.toMatchObject(invalid);
        const created = store.createChannel({ ...channel('new'), properties: { wrong } });
        await expect(created).rejects.toMatchObject(invalid);
      }
      expect(await store.appendMessage(message(1))).toMatchObject({ message: { seq: 1 } });
    });
  });
}
