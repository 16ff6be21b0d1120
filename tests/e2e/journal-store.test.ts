import { WirepactError } from '@wirepact/contract/runtime';
import { createMemoryStore, type Store } from '@wirepact/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { createGate, type Gate } from './gate';
import { positionOf, post, postAll, seen, visit } from './journal';
import { dataOf, type Fields } from './seed-client';

const HOUR_MS = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

/** Every event that changes something, with its payload but for the channel. */
const changes = (messageId: unknown): [string, Fields][] => [
  ['send_message', hello('')],
  ['delete_message', { messageId }],
  ['update_channel', { updates: { name: 'Support' } }],
  ['clear_channel', {}],
  ['delete_channel', {}],
];

/** A store that waits before each of its answers to a change. */
const holdAnswers = (store: Store, answer: () => Promise<void>): Store => {
  const held = async <Result>(change: Promise<Result>): Promise<Result> => {
    const result = await change;
    await answer();
    return result;
  };
  return {
    ...store,
    appendMessage: (message) => held(store.appendMessage(message)),
    deleteMessage: (...args) => held(store.deleteMessage(...args)),
    updateChannel: (...args) => held(store.updateChannel(...args)),
    clearMessages: (...args) => held(store.clearMessages(...args)),
    deleteChannel: (...args) => held(store.deleteChannel(...args)),
  };
};

/** A store that does nothing while `check` throws. */
const guard = (store: Store, check: () => void): Store => {
  const guarded =
    <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      check();
      return method(...args);
    };
  return {
    ...store,
    getChannel: guarded(store.getChannel),
    createChannel: guarded(store.createChannel),
    appendMessage: guarded(store.appendMessage),
    deleteMessage: guarded(store.deleteMessage),
    updateChannel: guarded(store.updateChannel),
    clearMessages: guarded(store.clearMessages),
    deleteChannel: guarded(store.deleteChannel),
    listMessages: guarded(store.listMessages),
    readJournal: guarded(store.readJournal),
  };
};

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  describe('a store that takes its time', () => {
    let gates: { reached: Gate; passed: Gate } | undefined;
    const store = holdAnswers(createMemoryStore(), async () => {
      gates?.reached.open();
      await gates?.passed.opened;
    });
    const chat = useChat({ store, authorize: () => true }, transport);

    test.each(changes(undefined))('[STORE-1] %s is told once it is stored', async (event, fields) => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      const { messageId } = dataOf(await client.ask('send_message', hello(channelId)));
      client.forget();
      gates = { reached: createGate(), passed: createGate() };
      const payload = { ...fields, channelId, ...(event === 'delete_message' && { messageId }) };
      const answer = client.ask(event, payload);
      await gates.reached.opened;
      await client.caughtUp();
      expect(client.timeline).toEqual(['ack heartbeat']);
      gates.passed.open();
      expect(await answer).toMatchObject({ ok: true, data: { seq: 2 } });
      expect(seen(client)).toHaveLength(1);
      expect(client.timeline.at(-1)).toBe(`ack ${event}`);
    });
  });

  describe('a server started anew on the same store', () => {
    const store = createMemoryStore();
    const before = useChat({ store }, transport);
    const after = useChat({ store }, transport);

    test('[STORE-2] [STORE-5] [SEND-14] [SEQ-3] goes on where the first one was', async () => {
      const channelId = newChannel();
      const client = await before.joined(channelId);
      const message = hello(channelId, { messageId: 'm-1' });
      const sent = await client.ask('send_message', message);
      await post(before, channelId, 'missed');
      await before.server.close();

      const again = await after.connect();
      const resume = positionOf(sent);
      const joined = await again.ask('join_channel', { channelId, resume });
      expect(joined).toMatchObject({ data: { recovered: true, epoch: resume.epoch, seq: 2 } });
      expect(await again.ask('send_message', message)).toEqual(sent);
      await post(after, channelId, 'live');
      await again.caughtUp();
      expect(seen(again)).toEqual(['2 missed', '3 live']);
      expect(new Set(again.all('messageBroadcast').map(({ epoch }) => epoch))).toEqual(
        new Set([resume.epoch]),
      );
      expect(await again.ask('list_messages', { channelId })).toMatchObject({
        data: { messages: [{ seq: 1 }, { text: 'missed' }, { text: 'live' }] },
      });
    });
  });

  describe('a store that cannot work now', () => {
    const state = { isDown: false, losesAnswer: false };
    const memory = createMemoryStore();
    const failIf = (fails: boolean) => {
      if (fails) throw new WirepactError('STORE_UNAVAILABLE', 'Not now.', { retryable: true });
    };
    const store = guard(memory, () => failIf(state.isDown));
    const lossy = holdAnswers(memory, async () => failIf(state.losesAnswer));
    const chat = useChat({ store, authorize: () => true }, transport);
    const unlucky = useChat({ store: lossy }, transport);
    afterEach(() => {
      Object.assign(state, { isDown: false, losesAnswer: false });
    });

    test('[STORE-3] [STORE-4] is STORE_UNAVAILABLE, changes nothing, and is tried again later', async () => {
      const channelId = newChannel();
      const [client, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
      const { message } = await post(chat, channelId, 'one');
      await Promise.all([client.caughtUp(), member.caughtUp()]);
      for (const everybody of [client, member]) everybody.forget();
      const reads: [string, Fields][] = [
        ['list_messages', {}],
        ['join_channel', {}],
      ];
      const attempts = [...changes(message.id), ...reads];
      state.isDown = true;
      for (const [event, fields] of attempts) {
        const { ok, error } = await client.ask(event, { ...fields, messageId: message.id, channelId });
        expect({ event, ok, error }).toMatchObject({
          ok: false,
          error: { code: 'STORE_UNAVAILABLE', retryable: true },
        });
      }
      state.isDown = false;
      await member.caughtUp();
      expect(client.all('messageError')).toHaveLength(attempts.length);
      expect(member.timeline).toEqual(['ack heartbeat']);
      expect(await chat.server.channels.get(channelId)).toMatchObject({ seq: 1, properties: {} });
      const retried = await client.ask('send_message', hello(channelId, { messageId: message.id }));
      expect(retried).toMatchObject({ ok: true, data: { seq: 2 } });
    });

    test('[STORE-4] a message that was stored though the store failed is stored once', async () => {
      const channelId = newChannel();
      const client = await unlucky.joined(channelId);
      const message = hello(channelId, { messageId: 'm-1' });
      state.losesAnswer = true;
      const failed = await client.ask('send_message', message);
      expect(failed).toMatchObject({ error: { code: 'STORE_UNAVAILABLE' } });
      state.losesAnswer = false;
      const kept = await memory.listMessages(channelId, { limit: 9 });
      const sent = await client.ask('send_message', message);
      expect(sent).toMatchObject({ ok: true, data: { messageId: kept.messages[0]?.id, seq: 1 } });
      expect(await memory.listMessages(channelId, { limit: 9 })).toEqual(kept);
    });
  });

  describe.each([
    ['24 hours', {}, 24 * HOUR_MS],
    ['as long as the store is told', { idempotencyMs: HOUR_MS }, HOUR_MS],
  ])('resends: %s', (_name, options, windowMs) => {
    const chat = useChat({ store: createMemoryStore(options) }, transport);

    test('[STORE-5] [SEND-14] are known as such that long, even of a message that was deleted', async () => {
      const channelId = newChannel();
      await chat.server.channels.create({ id: channelId });
      /** On a connection of its own: none outlives the hours that pass here. */
      const send = async () => {
        const client = await chat.connect();
        const answer = await client.ask('send_message', hello(channelId, { messageId: 'm-1' }));
        return { answer, told: client.all('messageBroadcast').length };
      };
      vi.useFakeTimers({ toFake: ['Date'] });
      const { answer, told } = await send();
      expect(told).toBe(1);
      const { messageId } = dataOf(answer);
      await chat.server.messages.delete(channelId, String(messageId));
      vi.setSystemTime(Date.now() + windowMs - 1_000);
      expect(await send()).toEqual({ answer, told: 0 });
      vi.setSystemTime(Date.now() + 1_001);
      const later = await send();
      expect(later).toMatchObject({ answer: { ok: true, data: { seq: 3 } }, told: 1 });
      expect(dataOf(later.answer).messageId).not.toBe(messageId);
    });
  });

  describe('a store that keeps little', () => {
    const store = createMemoryStore({ maxEventsPerChannel: 4 });
    const chat = useChat({ store }, transport);

    test('[STORE-6] [RESUME-7] what is forgotten is in no history and cannot be resumed from', async () => {
      const channelId = newChannel();
      const { epoch } = await visit(chat, channelId);
      await postAll(chat, channelId, ['one', 'two', 'three', 'four', 'five', 'six']);
      const client = await chat.connect();
      const joined = await client.ask('join_channel', { channelId, resume: { epoch, seq: 1 } });
      expect(joined).toMatchObject({ data: { epoch, seq: 6, recovered: false } });
      const history = dataOf(await client.ask('list_messages', { channelId }));
      expect(history).toMatchObject({ hasMore: false, epoch, seq: 6 });
      expect(history.messages).toMatchObject(['three', 'four', 'five', 'six'].map((text) => ({ text })));
      await post(chat, channelId, 'seven');
      await client.caughtUp();
      expect(seen(client)).toEqual(['7 seven']);
      const late = await chat.connect();
      const resumed = await late.ask('join_channel', { channelId, resume: { epoch, seq: 3 } });
      expect(resumed).toMatchObject({ data: { recovered: true, seq: 7 } });
      expect(seen(late)).toEqual(['4 four', '5 five', '6 six', '7 seven']);
    });
  });
});
