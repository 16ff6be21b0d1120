import { describe, expect, test } from 'vitest';
import type { Channel, Message, Store } from '../ports/store';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const SERVER = '00000000-0000-0000-0000-000000000000';

const channel = (id = CHANNEL): Channel => ({
  id,
  serverId: SERVER,
  properties: {},
  agentIds: [],
  createdAt: 1,
});

const message = (number: number, fields: Partial<Message> = {}): Message => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  ...{ channelId: CHANNEL, serverId: SERVER, senderId: 'ada', senderName: 'Ada', source: 'test' },
  text: `message ${number}`,
  createdAt: number,
  ...fields,
});

const texts = (messages: readonly Message[]) => messages.map(({ text }) => text);

/** What every store does, whatever keeps the data. `createStore` answers with an empty one. */
export function describeStore(name: string, createStore: () => Store | Promise<Store>): void {
  /** A store with a channel of five messages. */
  const createFilledStore = async () => {
    const store = await createStore();
    await store.createChannel(channel());
    for (const number of [1, 2, 3, 4, 5]) await store.appendMessage(message(number));
    return store;
  };

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
      expect(await store.deleteChannel(CHANNEL)).toBe(true);
      expect(await store.deleteChannel(CHANNEL)).toBe(false);
      expect(await store.getChannel(CHANNEL)).toBeUndefined();
      await store.createChannel(channel());
      expect(await store.listMessages(CHANNEL, { limit: 10 })).toEqual([]);
    });

    test('one that is not there answers so to everything', async () => {
      const store = await createStore();
      expect(await store.getChannel(CHANNEL)).toBeUndefined();
      expect(await store.updateChannel(CHANNEL, {})).toBeUndefined();
      expect(await store.appendMessage(message(1))).toBeUndefined();
      expect(await store.deleteMessage(CHANNEL, message(1).id)).toBe(false);
      expect(await store.clearMessages(CHANNEL)).toBe(false);
      expect(await store.listMessages(CHANNEL, { limit: 10 })).toEqual([]);
    });
  });

  describe(`${name}: messages`, () => {
    test('are listed oldest first, the newest ones, before another', async () => {
      const store = await createFilledStore();
      expect(texts(await store.listMessages(CHANNEL, { limit: 2 }))).toEqual(['message 4', 'message 5']);
      const before = message(3).id;
      expect(texts(await store.listMessages(CHANNEL, { limit: 9, before }))).toEqual([
        'message 1',
        'message 2',
      ]);
      expect(await store.listMessages(CHANNEL, { limit: 0 })).toEqual([]);
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
      expect(await store.appendMessage(full)).toEqual({ message: full, repeated: false });
      expect(await store.listMessages(CHANNEL, { limit: 1 })).toEqual([full]);
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
      expect(await store.listMessages(CHANNEL, { limit: 9 })).toEqual([]);
    });

    test('are deleted one by one, and all at once', async () => {
      const store = await createFilledStore();
      expect(await store.deleteMessage(CHANNEL, message(2).id)).toBe(true);
      expect(await store.deleteMessage(CHANNEL, message(2).id)).toBe(false);
      expect(texts(await store.listMessages(CHANNEL, { limit: 3 }))).toEqual([
        'message 3',
        'message 4',
        'message 5',
      ]);
      expect(await store.clearMessages(CHANNEL)).toBe(true);
      expect(await store.listMessages(CHANNEL, { limit: 3 })).toEqual([]);
    });
  });
}
