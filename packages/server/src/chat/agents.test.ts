import { expect, test } from 'vitest';
import type { Agent, AgentPart } from '../index';
import { createMemoryStore } from './store/memory-store';
import { CHANNEL, hello, join, SERVER, startChat } from './test-chat';

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;

/** An agent that says the parts given. */
const saying = (agentId: string, name: string, ...parts: AgentPart[]): Agent => ({
  id: agentId,
  name,
  async *respond() {
    yield* parts;
  },
});

test('an answer is stored and broadcast with its thought and actions, then completed', async () => {
  const agent = saying(id(1), 'Eliza', { thought: 'greet ' }, 'Hello ', {
    text: 'there',
    thought: 'back',
    action: { type: 'WAVE' },
  });
  const { chat, url } = await startChat({ agents: [agent] });
  const client = await join(url);
  const bystander = await join(url);
  await client.ask('send_message', hello());
  await Promise.all([client.waitFor('messageComplete'), bystander.waitFor('messageComplete')]);
  const expected = {
    ...{ senderId: id(1), senderName: 'Eliza', text: 'Hello there', source: 'agent_response' },
    ...{ thought: 'greet back', actions: [{ type: 'WAVE' }], roomId: CHANNEL, serverId: SERVER },
  };
  expect(client.payloads('messageBroadcast')).toMatchObject([{ text: 'hello' }, expected]);
  expect(bystander.received.slice(-2)).toMatchObject([
    { event: 'messageBroadcast', payload: expected },
    { event: 'messageComplete', payload: { channelId: CHANNEL, serverId: SERVER } },
  ]);
  expect(await chat.messages.list(CHANNEL, { limit: 10 })).toMatchObject([
    { text: 'hello' },
    { text: 'Hello there' },
  ]);
});

test('two agents in one channel answer the person and not each other', async () => {
  const { chat, url } = await startChat({ agents: [saying(id(1), 'A', 'a'), saying(id(2), 'B', 'b')] });
  const client = await join(url);
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete', 2);
  await client.ask('send_message', hello({ text: 'again' }));
  await client.waitFor('messageComplete', 4);
  const texts = (await chat.messages.list(CHANNEL, { limit: 100 })).map(({ text }) => text);
  expect(texts.toSorted()).toEqual(['a', 'a', 'again', 'b', 'b', 'hello']);
});

test('a message whose channel was deleted and made anew before its agents are asked is answered by none', async () => {
  const store = createMemoryStore();
  const channel = { id: CHANNEL, serverId: SERVER, properties: {}, agentIds: [], createdAt: 1 };
  const { appendMessage } = store;
  let isFirst = true;
  store.appendMessage = async (message) => {
    const appended = await appendMessage(message);
    if (!isFirst) return appended;
    isFirst = false;
    await store.deleteChannel(CHANNEL);
    await store.createChannel(channel);
    return appended;
  };
  const { chat, url } = await startChat({ store, agents: [saying(id(1), 'A', 'a')] });
  const client = await join(url);
  await client.ask('send_message', hello({ text: 'of the old channel' }));
  // The first one finds out that the channel was deleted.
  await client.ask('join_channel', { channelId: CHANNEL });
  await client.waitFor('channelDeleted');
  await client.ask('join_channel', { channelId: CHANNEL });
  await client.ask('send_message', hello({ text: 'of the new one' }));
  await client.waitFor('messageComplete');
  const texts = (await chat.messages.list(CHANNEL, { limit: 100 })).map(({ text }) => text);
  expect(texts).toEqual(['of the new one', 'a']);
});

test('only the agents a channel’s joins have named answer in it', async () => {
  const { url } = await startChat({ agents: [saying(id(1), 'A', 'a'), saying(id(2), 'B', 'b')] });
  const client = await join(url);
  await client.ask('join_channel', { channelId: CHANNEL, agentId: id(2) });
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete');
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete', 2);
  expect(client.payloads('messageBroadcast')).toMatchObject([
    { text: 'hello' },
    { text: 'b' },
    { text: 'hello' },
    { text: 'b' },
  ]);
});

test('the agent of the handshake takes part where a join names none', async () => {
  const { url } = await startChat({ agents: [saying(id(1), 'A', 'a'), saying(id(2), 'B', 'b')] });
  const client = await join(url, { auth: { agentId: id(2) } });
  expect(client.payloads('channel_joined')).toMatchObject([{ agentId: id(2) }]);
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete');
  expect(client.payloads('messageBroadcast')).toMatchObject([{ text: 'hello' }, { text: 'b' }]);
});

test('an agent that says nothing completes without a message', async () => {
  const { url } = await startChat({ agents: [saying(id(1), 'Quiet', { thought: 'nothing to say' })] });
  const client = await join(url);
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete');
  expect(client.payloads('messageBroadcast')).toHaveLength(1);
});

test('an agent that fails tells the sender by name, without its secrets, keeps what it said and completes', async () => {
  const failing: Agent = {
    id: id(1),
    name: 'Eliza',
    async *respond() {
      yield 'half of';
      throw new Error('key sk-123 was refused');
    },
  };
  const { url } = await startChat({ agents: [failing] });
  const client = await join(url);
  const bystander = await join(url);
  await client.ask('send_message', hello({ messageId: 'mine' }));
  await Promise.all([client.waitFor('messageComplete'), bystander.waitFor('messageComplete')]);
  expect(client.payloads('messageError')).toEqual([
    {
      error: 'Eliza could not answer.',
      code: 'AGENT_FAILED',
      retryable: true,
      event: 'send_message',
      clientMessageId: 'mine',
    },
  ]);
  expect(bystander.payloads('messageError')).toEqual([]);
  expect(JSON.stringify([client.received, bystander.received])).not.toContain('sk-123');
  expect(client.payloads('messageBroadcast')).toMatchObject([
    { text: 'hello' },
    { text: 'half of', incomplete: 'failed' },
  ]);
});

test('an agent that takes too long has failed', async () => {
  const stuck: Agent = {
    id: id(1),
    name: 'Stuck',
    async *respond() {
      await new Promise(() => {});
      yield 'never';
    },
  };
  const { url } = await startChat({ agents: [stuck], agentTimeoutMs: 20 });
  const client = await join(url);
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete');
  expect(client.payloads('messageError')).toMatchObject([{ code: 'AGENT_FAILED' }]);
});

test('an agent answers one message after the other, in order', async () => {
  let underWay = 0;
  const careful: Agent = {
    id: id(1),
    name: 'Careful',
    async *respond({ text }) {
      underWay += 1;
      expect(underWay).toBe(1);
      yield `re: ${text}`;
      underWay -= 1;
    },
  };
  const { url } = await startChat({ agents: [careful] });
  const client = await join(url);
  const numbers = Array.from({ length: 8 }, (_, index) => `${index}`);
  await Promise.all(numbers.map((text) => client.ask('send_message', hello({ text }))));
  await client.waitFor('messageComplete', 8);
  const answers = client
    .payloads('messageBroadcast')
    .filter((payload) => Object(payload).source === 'agent_response');
  expect(answers.map((payload) => Object(payload).text)).toEqual(numbers.map((text) => `re: ${text}`));
});

test('an agent sees the history, and stops when its channel is deleted', async () => {
  let aborted: () => void = () => {};
  const isAborted = new Promise<void>((resolve) => {
    aborted = resolve;
  });
  const reader: Agent = {
    id: id(1),
    name: 'Reader',
    async *respond(message, { history, signal }) {
      yield (await history(2)).map(({ text }) => text).join('+');
      if (message.text !== 'second') return;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      aborted();
    },
  };
  const { chat, url } = await startChat({ agents: [reader] });
  const client = await join(url);
  await client.ask('send_message', hello({ text: 'first' }));
  expect(await client.waitFor('messageBroadcast', 2)).toMatchObject({ text: 'first' });
  await client.waitFor('messageComplete');
  await client.ask('send_message', hello({ text: 'second' }));
  await chat.channels.delete(CHANNEL);
  await isAborted;
  await client.waitFor('channelDeleted');
  expect(client.payloads('messageBroadcast')).toHaveLength(3);
});

test.each([
  ['an id that is no UUID', [saying('eliza', 'Eliza')], /must be a UUID/],
  ['the same id twice', [saying(id(1), 'A'), saying(id(1), 'B')], /Two agents/],
])('%s is refused at start', async (_what, agents, message) => {
  await expect(startChat({ agents })).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringMatching(message),
  });
});

test('nobody acts as an agent of the server', async () => {
  const { url } = await startChat({ agents: [saying(id(1), 'A', 'a')] });
  const client = await join(url);
  expect(await client.ask('send_message', hello({ entityId: id(1) }))).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  });
});

test('[C9] an agent’s history ends with the message it answers, whatever came later', async () => {
  const histories: string[][] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const agent: Agent = {
    id: id(1),
    name: 'Historian',
    async *respond(_message, { history }) {
      await opened;
      histories.push((await history()).map(({ text }) => text));
      yield* [];
    },
  };
  const { url } = await startChat({ agents: [agent] });
  const client = await join(url);
  for (const text of ['one', 'two', 'three']) await client.ask('send_message', hello({ text }));
  open();
  await client.waitFor('messageComplete', 3);
  expect(histories).toEqual([['one'], ['one', 'two'], ['one', 'two', 'three']]);
});

/** An agent that is no generator: its iterator is written by hand, and wrong. */
const withIterator = (iterator: object): Agent => ({
  id: id(1),
  name: 'Handmade',
  respond: () => ({ [Symbol.asyncIterator]: () => iterator as AsyncIterator<AgentPart> }),
});

test.each<[string, Agent]>([
  [
    'throws at once',
    {
      ...withIterator({}),
      respond: () => {
        throw new Error('no');
      },
    },
  ],
  [
    'has an iterator whose next() throws',
    withIterator({
      next: () => {
        throw new Error('no');
      },
    }),
  ],
  ['has an iterator whose next() rejects', withIterator({ next: () => Promise.reject(new Error('no')) })],
  [
    'has an iterator whose return() throws',
    withIterator({
      next: () => Promise.reject(new Error('no')),
      return: () => {
        throw new Error('never');
      },
    }),
  ],
  ['yields null', saying(id(1), 'A', null as unknown as AgentPart)],
  ['yields a number', saying(id(1), 'A', 7 as unknown as AgentPart)],
  ['yields a text that is none', saying(id(1), 'A', { text: 7 } as unknown as AgentPart)],
  [
    'yields an object that has nothing of a part',
    saying(id(1), 'A', { content: 'hi' } as unknown as AgentPart),
  ],
  ['yields a list', saying(id(1), 'A', ['hi'] as unknown as AgentPart)],
  ['yields an error in place of throwing it', saying(id(1), 'A', new Error('no') as unknown as AgentPart)],
  ['answers with a promise', { id: id(1), name: 'A', respond: async () => 'hi' } as unknown as Agent],
  [
    'answers with a promise that rejects',
    { id: id(1), name: 'A', respond: () => Promise.reject(new Error('no')) } as unknown as Agent,
  ],
  ['yields what is not JSON', saying(id(1), 'A', 'text', { action: { size: 1n } })],
  [
    'yields a link that runs code',
    saying(id(1), 'A', 'text', { attachment: { url: 'javascript:x', type: 't' } }),
  ],
])('[C10] an agent that %s fails by name, and nothing else does', async (_how, agent) => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { url } = await startChat({ agents: [agent], agentTimeoutMs: 50 });
  const client = await join(url);
  expect(await client.ask('send_message', hello())).toMatchObject({ ok: true });
  await client.waitFor('messageComplete');
  expect(client.payloads('messageError')).toMatchObject([{ code: 'AGENT_FAILED', event: 'send_message' }]);
  const said = client.payloads('messageBroadcast').slice(1);
  for (const message of said) expect(message).toMatchObject({ text: 'text', incomplete: 'failed' });
  // Its time limit passes as well, which harms nobody.
  await new Promise((resolve) => AbortSignal.timeout(100).addEventListener('abort', resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
