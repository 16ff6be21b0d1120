import { createChatServer, createMemoryStore, type Store } from '@wirepact/server';
import { describe, expect, test } from 'vitest';
import { hello, newChannel, silent, TRANSPORTS, UUID, useChat } from './chat-fixture';
import { createGate } from './gate';
import { dataOf, open, refusal } from './seed-client';

/** A store that keeps no message before `release` is called. */
function createHeldStore(): Store & { reached: Promise<void>; release(): void } {
  const store = createMemoryStore();
  const [reach, hold] = [createGate(), createGate()];
  return {
    ...store,
    reached: reach.opened,
    release: hold.open,
    async appendMessage(message) {
      reach.open();
      await hold.opened;
      return store.appendMessage(message);
    },
  };
}

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  describe('a store that takes its time', () => {
    const store = createHeldStore();
    const chat = useChat({ store }, transport);

    test('[ACK-5] messageAck waits until the message is stored', async () => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      client.emit('send_message', hello(channelId, { messageId: 'm-1' }));
      await store.reached;
      await client.caughtUp();
      expect(client.timeline).toEqual(['ack heartbeat']);
      store.release();
      expect(await client.next('messageAck')).toMatchObject({ clientMessageId: 'm-1' });
      expect((await store.listMessages(channelId, { limit: 1 })).messages).toMatchObject([
        { clientMessageId: 'm-1' },
      ]);
    });

    test('[ERR-17] a server that closes finishes what is under way, and refuses the rest', async () => {
      const channelId = newChannel();
      const held = createHeldStore();
      const closing = createChatServer({ logger: silent, rateLimit: false, store: held });
      const { url } = await closing.listen(0, '127.0.0.1');
      const client = open(url, transport);
      await client.join(channelId);
      const sent = client.ask('send_message', hello(channelId));
      await held.reached;
      const closed = closing.close();
      expect(await client.ask('heartbeat')).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } });
      expect(await client.next('messageError')).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expect(await refusal(open(url, transport))).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      held.release();
      expect(await sent).toMatchObject({ ok: true });
      await closed;
    });
  });

  describe('acknowledgements', () => {
    const chat = useChat({}, transport);

    test('[ACK-6] the sender gets messageBroadcast, messageAck and then the acknowledgement', async () => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      await client.ask('send_message', hello(channelId));
      await client.caughtUp();
      expect(client.timeline).toEqual([
        'messageBroadcast',
        'messageAck',
        'ack send_message',
        'ack heartbeat',
      ]);
    });

    test('[ACK-7] [ACK-9] every event that succeeds is acknowledged with its data', async () => {
      const channelId = newChannel();
      const client = await chat.connect();
      const join = { channelId, agentId: newChannel() };
      const filter = { level: 'warn', category: 'agent', agentId: newChannel() };
      const before = Date.now();
      const joined = await client.ask('join_channel', { channelId });
      expect(joined).toEqual({
        ok: true,
        data: { channelId, epoch: expect.stringMatching(/./), seq: 0, properties: {} },
      });
      const { epoch } = dataOf(joined);
      expect(await client.ask('join_channel', join)).toEqual({
        ok: true,
        data: { ...join, epoch, seq: 0, properties: {} },
      });
      expect(await client.ask('subscribe_logs')).toEqual({ ok: true, data: { subscribed: true } });
      expect(await client.ask('unsubscribe_logs')).toEqual({ ok: true, data: { subscribed: false } });
      expect(await client.ask('set_log_filter', filter)).toEqual({ ok: true, data: filter });
      const sent = await client.ask('send_message', hello(channelId));
      const [message] = client.all('messageBroadcast');
      const { id: messageId, createdAt } = message ?? {};
      expect(sent).toEqual({ ok: true, data: { messageId, createdAt, epoch, seq: 1 } });
      expect(await client.ask('leave_channel', { channelId })).toEqual({ ok: true, data: { channelId } });
      expect(message?.id).toMatch(UUID);
      expect(message?.createdAt).toBeGreaterThanOrEqual(before);
    });

    test('[BEAT-1] a heartbeat is answered with the time, and with no event', async () => {
      const client = await chat.connect();
      const before = Date.now();
      const { ok, data } = await client.ask('heartbeat');
      expect({ ok, data }).toEqual({ ok: true, data: { time: expect.any(Number) } });
      const { time } = data as { time: number };
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(Date.now());
      client.emit('heartbeat');
      await client.caughtUp();
      expect(client.timeline).toEqual(['connection_established', 'ack heartbeat', 'ack heartbeat']);
    });

    test('[ACK-8] [ERR-9] [ERR-10] a failure is told in messageError and then in the acknowledgement', async () => {
      const client = await chat.connect();
      const { ok, error } = await client.ask('join_channel', { channelId: 'lobby' });
      expect(ok).toBe(false);
      expect(error).toEqual({
        code: 'INVALID_UUID',
        message: expect.stringContaining('channelId'),
        retryable: false,
        issues: [{ path: '/channelId', message: expect.any(String), keyword: expect.any(String) }],
      });
      const { message, ...details } = error ?? {};
      expect(client.all('messageError')).toEqual([{ error: message, event: 'join_channel', ...details }]);
      expect(client.timeline).toEqual(['connection_established', 'messageError', 'ack join_channel']);
    });

    test('[ACK-7] an acknowledgement settles once', async () => {
      const client = await chat.connect();
      const answers: unknown[] = [];
      for (const payload of [{ channelId: newChannel() }, { channelId: 'lobby' }]) {
        client.socket.emit('join_channel', payload, (answer: unknown) => answers.push(answer));
      }
      await client.caughtUp();
      await client.caughtUp();
      expect(answers).toHaveLength(2);
    });

    test.each(['subscribe_logs', 'unsubscribe_logs', 'heartbeat'])(
      '[ACK-10] %s is acknowledged, whatever comes in place of a payload',
      async (event) => {
        const client = await chat.connect();
        for (const args of [[], [null], [{}], ['x'], [7], [[1]], [{ a: 1 }, 'more']]) {
          expect(await client.ask(event, ...args)).toMatchObject({ ok: true });
        }
        expect(client.timeline).not.toContain('messageError');
      },
    );

    test('[ACK-10] arguments after the payload are ignored', async () => {
      const client = await chat.connect();
      const channelId = newChannel();
      const answer = await client.ask('join_channel', { channelId }, { channelId: 'lobby' }, 7);
      expect(answer).toEqual({
        ok: true,
        data: { channelId, epoch: expect.any(String), seq: 0, properties: {} },
      });
    });
  });
});
