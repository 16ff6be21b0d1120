import { expect, onTestFinished, test, vi } from 'vitest';
import { createChatServer, createMemoryStore, type Store } from '../index';
import { scriptAgent } from './test-agent';
import { CHANNEL, createStallingProxy, hello, join, record, silent, startChat } from './test-chat';

/** A memory store whose `appendMessage` waits until it is told to go on. */
function createHeldStore() {
  const store = createMemoryStore();
  let release = () => {};
  let reached = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const appendMessage: Store['appendMessage'] = async (message) => {
    reached();
    await held;
    return store.appendMessage(message);
  };
  return { store: { ...store, appendMessage }, isReached, release: () => release() };
}

test('what is under way is finished and acknowledged before anybody is disconnected', async () => {
  const { store, isReached, release } = createHeldStore();
  const { chat, url } = await startChat({ store });
  const client = await join(url);
  const answer = client.ask('send_message', hello());
  await isReached;
  const closed = chat.close();
  expect(await client.ask('send_message', hello())).toMatchObject({
    ok: false,
    error: { code: 'UNAVAILABLE', retryable: true },
  });
  release();
  expect(await answer).toMatchObject({ ok: true });
  await closed;
  await expect.poll(() => client.socket.connected).toBe(false);
  expect(client.payloads('messageAck')).toHaveLength(1);
});

test('a new connection is refused while the server drains', async () => {
  const { store, isReached, release } = createHeldStore();
  const { chat, url } = await startChat({ store });
  const client = await join(url);
  const answer = client.ask('send_message', hello());
  await isReached;
  const closed = chat.close();
  const late = record(url);
  const refusal = await new Promise<Error & { data?: unknown }>((resolve) =>
    late.socket.once('connect_error', resolve),
  );
  expect(refusal.data).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  release();
  await Promise.all([answer, closed]);
});

test('a handler that never ends does not keep the server from closing', async () => {
  const { store, isReached } = createHeldStore();
  const { chat, url } = await startChat({ store, drainTimeoutMs: 50 });
  const client = await join(url);
  client.socket.emit('send_message', hello());
  await isReached;
  await chat.close();
  await expect.poll(() => client.socket.connected).toBe(false);
});

test('an agent may finish its answer; one that does not is aborted', async () => {
  const reasons: unknown[] = [];
  const { chat, url } = await startChat({
    drainTimeoutMs: 50,
    agents: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        name: 'Sleeper',
        async *respond(_message, { signal }) {
          yield 'so far';
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          reasons.push(signal.aborted);
        },
      },
    ],
  });
  const client = await join(url);
  await client.ask('send_message', hello());
  await chat.close();
  expect(reasons).toEqual([true]);
  expect(client.payloads('messageBroadcast')).toHaveLength(1);
});

test.each<[string, Store['turns']['renew']]>([
  [
    'throws',
    () => {
      throw new Error('the store is away');
    },
  ],
  ['never answers', () => new Promise(() => {})],
])(
  'a store of the host’s that %s when it is told of turns that are left keeps no server from closing',
  async (_what, renew) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const memory = createMemoryStore();
    const { agent, next } = scriptAgent();
    const store = { ...memory, turns: { ...memory.turns, renew } };
    const { chat, url } = await startChat({ store, drainTimeoutMs: 0, agents: [agent] });
    const client = await join(url);
    await client.ask('send_message', hello());
    (await next()).say('so far');
    await client.waitFor('messageStreamChunk');
    const closed = chat.close();
    await client.waitFor('connection_ended');
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(closed).resolves.toBeUndefined();
    expect(chat.httpServer.listening).toBe(false);
  },
);

test('a client that reads nothing any more does not keep the server from closing', async () => {
  const { chat, url } = await startChat();
  const proxy = await createStallingProxy(url);
  const client = await join(proxy.url);
  proxy.stall();
  await chat.close();
  expect(chat.httpServer.listening).toBe(false);
  proxy.resume();
  await expect.poll(() => client.socket.connected).toBe(false);
});

test('closing twice is the same as closing once', async () => {
  const { chat } = await startChat();
  await Promise.all([chat.close(), chat.close()]);
  await expect(chat.close()).resolves.toBeUndefined();
});

test('what is closed before it listens, or while it does, never listens', async () => {
  const chat = createChatServer({ logger: silent, store: createMemoryStore() });
  const refusal = { code: 'UNAVAILABLE', message: expect.stringContaining('is closed') };
  const begun = expect(chat.listen(0, 'localhost')).rejects.toMatchObject(refusal);
  await chat.close();
  await begun;
  await expect(chat.listen(0)).rejects.toMatchObject(refusal);
  expect(chat.httpServer.listening).toBe(false);
});

test('a port that is taken rejects `listen`', async () => {
  const first = await startChat();
  const second = await startChat();
  const port = Number(new URL(first.url).port);
  await expect(second.chat.listen(port, '127.0.0.1')).rejects.toThrow();
});

test('management answers with typed errors', async () => {
  const { chat, url } = await startChat();
  await join(url);
  const missing = '00000000-0000-4000-8000-00000000dead';
  await expect(chat.channels.clear(missing)).rejects.toMatchObject({ code: 'CHANNEL_NOT_FOUND' });
  await expect(chat.channels.update(missing, { name: 'x' })).rejects.toMatchObject({
    code: 'CHANNEL_NOT_FOUND',
  });
  await expect(chat.channels.delete(missing)).rejects.toMatchObject({ code: 'CHANNEL_NOT_FOUND' });
  await expect(chat.messages.delete(CHANNEL, missing)).rejects.toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  await expect(chat.channels.update(CHANNEL, JSON.parse('{"name":7}'))).rejects.toMatchObject({
    code: 'INVALID_PAYLOAD',
  });
  await expect(chat.channels.update(CHANNEL, JSON.parse('{"__proto__":{}}'))).rejects.toMatchObject({
    code: 'INVALID_PAYLOAD',
  });
});
