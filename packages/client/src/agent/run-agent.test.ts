import { type ChatServerOptions, createChatServer, type Agent as ServerAgent } from '@wirepact/server';
import { createOpenAiAgent } from '@wirepact/server/agents';
import pino from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CHANNEL } from '../../test/socket-server';
import { type Agent, type AgentMessage, type RunAgentOptions, runAgent } from '../agent';
import { type ChatClientOptions, createChatClient } from '../index';

const AGENT = '00000000-0000-4000-8000-00000000000a';

async function start(options: ChatServerOptions = {}) {
  const server = createChatServer({
    ...{ rateLimit: false, logger: pino({ level: 'silent' }), drainTimeoutMs: 0 },
    authenticate: ({ auth }) => ({ entityId: String(auth.token) }),
    authorize: ({ event, identity }) => !event.endsWith('_answer') || identity?.entityId === AGENT,
    ...options,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const connect = (token: string, clientOptions: ChatClientOptions = {}) => {
    const auth = { token };
    const client = createChatClient(url, {
      auth,
      reconnectionDelay: 5,
      reconnectionDelayMax: 20,
      ...clientOptions,
    });
    onTestFinished(() => client.close());
    return client;
  };
  return { server, url, connect };
}

/** A channel with a person, whose messages an agent answers that runs elsewhere. */
async function startAgent(respond: Agent['respond'], options: ChatServerOptions & RunAgentOptions = {}) {
  const { logger = { debug() {}, info() {}, warn() {}, error: vi.fn() }, ...serverOptions } = options;
  const started = await start(serverOptions as ChatServerOptions);
  const client = started.connect(AGENT);
  const running = await runAgent(client, [CHANNEL], { id: AGENT, name: 'Eliza', respond }, { logger });
  const person = started.connect('ada');
  const channel = await person.join(CHANNEL);
  const answers: string[] = [];
  channel.on('messageBroadcast', ({ source, text }) => {
    if (source === 'agent_response') answers.push(text);
  });
  return { ...started, client, running, person, channel, answers, logger };
}

test('what an agent elsewhere says is streamed to the channel, and becomes one message', async () => {
  let goOn = () => {};
  const { channel, answers, server } = await startAgent(async function* ({ text }) {
    yield { thought: 'I hear.' };
    yield `You said `;
    await new Promise<void>((resolve) => (goOn = resolve));
    yield { tool: { id: 'a', name: 'clock', output: 'noon' } };
    yield text;
  });
  const chunks: string[] = [];
  channel.on('messageStreamChunk', ({ chunk, senderName, agentId }) => {
    expect([senderName, agentId]).toEqual(['Eliza', AGENT]);
    chunks.push(chunk);
  });
  await channel.send('hello');
  await expect.poll(() => chunks.join('')).toBe('You said ');
  expect(answers).toEqual([]);
  goOn();
  await expect.poll(() => answers).toEqual(['You said hello']);
  expect(await server.messages.list(CHANNEL, { limit: 1 })).toMatchObject([
    { senderId: AGENT, thought: 'I hear.', actions: [{ tool: { id: 'a', output: 'noon' } }] },
  ]);
});

test('it answers one message after the other, and neither itself nor other agents', async () => {
  const local: ServerAgent = {
    ...{ id: '00000000-0000-4000-8000-00000000000b', name: 'Local' },
    async *respond() {
      yield 'local';
    },
  };
  const heard: string[] = [];
  let goOn = () => {};
  const { channel, answers, client } = await startAgent(
    async function* ({ text }) {
      heard.push(text);
      if (text === 'one') await new Promise<void>((resolve) => (goOn = resolve));
      yield `re: ${text}`;
    },
    { agents: [local] },
  );
  await channel.send('one');
  await expect.poll(() => heard).toEqual(['one']);
  await (await client.join(CHANNEL)).send('what it says by itself');
  for (const text of ['two', 'three']) await channel.send(text);
  await expect.poll(() => answers).toEqual(['local', 'local', 'local', 'local']);
  expect(heard).toEqual(['one']);
  goOn();
  await expect.poll(() => answers.slice(4)).toEqual(['re: one', 're: two', 're: three']);
  expect(heard).toEqual(['one', 'two', 'three']);
});

test('it is given the history up to the message that it answers', async () => {
  const histories: string[][] = [];
  const { channel } = await startAgent(async function* (message, { history }) {
    const backlog: readonly AgentMessage[] = await history(2);
    expect(backlog.at(-1)).toMatchObject({ id: message.id, seq: message.seq, channelId: CHANNEL });
    histories.push(backlog.map(({ text }) => text));
    yield* [];
  });
  for (const text of ['one', 'two', 'three']) await channel.send(text);
  await expect.poll(() => histories).toEqual([['one'], ['one', 'two'], ['two', 'three']]);
});

test('an answer that is cancelled aborts the agent, which then answers the next message', async () => {
  const reasons: unknown[] = [];
  const { channel, person, answers } = await startAgent(async function* ({ text }, { signal }) {
    yield `I say ${text}`;
    if (text !== 'one') return;
    signal.addEventListener('abort', () => reasons.push(signal.reason));
    await new Promise(() => {});
  });
  const begun = new Promise<string>((resolve) =>
    channel.on('messageStreamChunk', ({ messageId, chunk }) => chunk !== '' && resolve(messageId)),
  );
  await channel.send('one');
  await person.request('cancel_response', { channelId: CHANNEL, messageId: await begun });
  await channel.send('two');
  await expect.poll(() => answers).toEqual(['I say one', 'I say two']);
  expect(reasons).toHaveLength(1);
});

test.each<[string, Agent['respond']]>([
  [
    'throws',
    async function* () {
      yield 'I am';
      throw new Error('password 123');
    },
  ],
  [
    'says what cannot be said',
    async function* () {
      yield 'I am';
      yield { attachment: { url: 'javascript:x', type: 'text/html' } };
      await new Promise(() => {});
    },
  ],
])('an agent that %s has failed: its log says how, the channel does not', async (_how, respond) => {
  const { channel, logger } = await startAgent(respond);
  const ended = new Promise((resolve) => channel.on('messageStreamError', resolve));
  await channel.send('hello');
  expect(await ended).toMatchObject({ code: 'AGENT_FAILED', error: 'Eliza could not answer.' });
  await expect.poll(() => logger.error).toHaveBeenCalledOnce();
  expect(JSON.stringify(await ended)).not.toContain('password');
});

test('an agent that stops leaves its channels, and what it was saying ends', async () => {
  const { channel, running, answers, client } = await startAgent(async function* () {
    yield 'I am';
    await new Promise(() => {});
  });
  const begun = new Promise((resolve) =>
    channel.on('messageStreamChunk', ({ chunk }) => chunk !== '' && resolve(chunk)),
  );
  await channel.send('one');
  await begun;
  await running.stop();
  await expect.poll(() => answers).toEqual(['I am']);
  await channel.send('two');
  expect((await client.join(CHANNEL)).state.get()).toMatchObject({ status: 'joined' });
  expect(answers).toEqual(['I am']);
});

test('a connection that is lost in mid-answer loses nothing of it', async () => {
  let goOn = () => {};
  const { channel, answers, client } = await startAgent(async function* () {
    yield 'one ';
    await new Promise<void>((resolve) => (goOn = resolve));
    for (const word of ['two ', 'three ', 'four']) yield word;
  });
  const begun = new Promise((resolve) =>
    channel.on('messageStreamChunk', ({ chunk }) => chunk !== '' && resolve(chunk)),
  );
  await channel.send('hello');
  await begun;
  client.disconnect();
  goOn();
  client.connect();
  await expect.poll(() => answers).toEqual(['one two three four']);
});

test('who may not answer is told in its own log', async () => {
  const { channel, logger } = await startAgent(
    async function* () {
      yield 'never';
    },
    { authorize: ({ event }) => !event.endsWith('_answer') },
  );
  await channel.send('hello');
  await expect.poll(() => logger.error).toHaveBeenCalledOnce();
  expect(logger.error).toHaveBeenCalledWith(
    expect.objectContaining({ err: expect.objectContaining({ code: 'FORBIDDEN' }) }),
    'the agent could not answer',
  );
});

test('agents of the server run elsewhere as they are', async () => {
  const agent: ServerAgent = createOpenAiAgent({
    id: AGENT,
    name: 'Eliza',
    url: 'http://localhost:1/v1',
    model: 'test',
  });
  const { connect } = await start();
  const logger = pino({ level: 'silent' });
  const running = await runAgent(connect(AGENT), [CHANNEL], agent, { logger });
  await running.stop();
});
