import { type ChatServerOptions, createChatServer } from '@wirepact/server';
import { AbstractChat, type ChatState, type ChatTransport, type UIMessage } from 'ai';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { countListeners } from '../../test/count-listeners';
import { type Said, scriptAgent } from '../../test/script-agent';
import { createChatTransport, toUiMessages } from '../ai';
import { type ChatClient, createChatClient } from '../index';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';

/** A chat whose agent says what the test tells it to. */
async function startChat(options: ChatServerOptions = {}) {
  const { agent, say, aborted } = scriptAgent();
  const logger = pino({ level: 'silent' });
  const server = createChatServer({
    logger,
    rateLimit: false,
    drainTimeoutMs: 0,
    agents: [agent],
    ...options,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  return { server, url, say, aborted };
}

/** The state that `useChat` keeps, without React. */
class PlainState implements ChatState<UIMessage> {
  status: ChatState<UIMessage>['status'] = 'ready';
  error: Error | undefined;
  constructor(public messages: UIMessage[]) {}
  pushMessage = (message: UIMessage) => void this.messages.push(message);
  popMessage = () => void this.messages.pop();
  replaceMessage = (index: number, message: UIMessage) =>
    void this.messages.splice(index, 1, this.snapshot(message));
  snapshot = <T>(value: T): T => structuredClone(value);
}

/** What is behind `useChat`. */
class PlainChat extends AbstractChat<UIMessage> {
  constructor(transport: ChatTransport<UIMessage>, messages: UIMessage[] = []) {
    super({ id: CHANNEL, transport, state: new PlainState(messages) });
  }
  get textParts() {
    return this.lastMessage?.parts.flatMap((part) => (part.type === 'text' ? part.text : [])) ?? [];
  }
}

function open(url: string): { client: ChatClient; chat: PlainChat; count: () => number } {
  const client = createChatClient(url, { entityId: 'ada', reconnectionDelay: 5 });
  onTestFinished(() => client.close());
  const { client: counted, count } = countListeners(client);
  return { client, chat: new PlainChat(createChatTransport(counted)), count };
}

test('what the user submits is sent, and the answer grows until it is whole', async () => {
  const { url, say, server } = await startChat();
  const { chat, count } = open(url);
  const sending = chat.sendMessage({ text: 'Hi' });
  await expect.poll(() => chat.status).toBe('submitted');
  say({ thought: 'A greeting.' }, 'How ');
  await expect.poll(() => chat.textParts).toEqual(['How ']);
  expect(chat.status).toBe('streaming');
  say({ tool: { id: 't', name: 'look', input: 1 } });
  await expect
    .poll(() => chat.lastMessage?.parts.at(-1))
    .toMatchObject({ toolName: 'look', state: 'input-available' });
  say({ tool: { id: 't', name: 'look', output: 2 } }, 'are you?', null);
  await sending;
  expect([chat.status, chat.error, count()]).toEqual(['ready', undefined, 0]);
  const [question, answer] = await server.messages.list(CHANNEL, { limit: 2 });
  expect(question).toMatchObject({ text: 'Hi', senderId: 'ada' });
  expect(chat.messages).toMatchObject([
    { role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
    {
      id: answer?.id,
      role: 'assistant',
      parts: [
        { type: 'step-start' },
        { type: 'reasoning', text: 'A greeting.' },
        { type: 'text', text: 'How ' },
        { type: 'dynamic-tool', toolCallId: 't', state: 'output-available', input: 1, output: 2 },
        { type: 'text', text: 'are you?', state: 'done' },
      ],
    },
  ]);
});

test('a page that is loaded anew has the history, and finds the answer under way from its beginning', async () => {
  const { url, say } = await startChat();
  const first = open(url);
  void first.chat.sendMessage({ text: 'Hi' });
  say('one ', 'two ');
  await expect.poll(() => first.chat.textParts.join('')).toBe('one two ');
  first.client.close();
  const client = createChatClient(url, { entityId: 'ada' });
  onTestFinished(() => client.close());
  const channel = await client.join(CHANNEL, { history: 50 });
  await expect.poll(() => channel.view.get().loading).toBe(false);
  const chat = new PlainChat(createChatTransport(client), toUiMessages(channel.view.get().messages));
  expect(chat.messages).toMatchObject([{ role: 'user', id: first.chat.messages[0]?.id }]);
  const resuming = chat.resumeStream();
  await expect.poll(() => chat.textParts.join('')).toBe('one two ');
  say('three', null);
  await resuming;
  expect(chat.status).toBe('ready');
  expect(chat.messages).toMatchObject([{ role: 'user' }, { role: 'assistant' }]);
  expect(chat.textParts.join('')).toBe('one two three');
  await chat.resumeStream();
  expect([chat.status, chat.messages.length]).toEqual(['ready', 2]);
});

test('who resumes twice at once does not stop the agent, and who stops then does', async () => {
  const { url, say, aborted } = await startChat();
  const first = open(url);
  void first.chat.sendMessage({ text: 'Hi' });
  say('one ');
  await expect.poll(() => first.chat.textParts.join('')).toBe('one ');
  const { client, chat } = open(url);
  void chat.resumeStream();
  await expect.poll(() => chat.textParts.join('')).toBe('one ');
  void chat.resumeStream();
  say('two ');
  await expect.poll(() => first.chat.textParts.join('')).toBe('one two ');
  await expect.poll(() => chat.textParts.join('')).toBe('one two ');
  expect(aborted).toEqual([]);
  await chat.stop();
  await expect.poll(() => aborted).toHaveLength(1);
  const channel = await client.join(CHANNEL);
  await expect.poll(() => channel.view.get().streams).toEqual([]);
});

test('the user stops the agent, for everybody; what it said stays', async () => {
  const { url, say, aborted, server } = await startChat();
  const { chat, count } = open(url);
  const sending = chat.sendMessage({ text: 'Hi' });
  say('half of ');
  await expect.poll(() => chat.textParts.join('')).toBe('half of ');
  await chat.stop();
  await sending;
  expect(count()).toBe(0);
  expect([chat.status, chat.textParts.join('')]).toEqual(['ready', 'half of ']);
  await expect.poll(() => aborted).toHaveLength(1);
  await expect
    .poll(() => server.messages.list(CHANNEL, { limit: 1 }))
    .toMatchObject([{ incomplete: 'cancelled' }]);
});

test('an answer that was stopped before it began is stopped once it begins', async () => {
  const { url, say, server } = await startChat();
  const { client, chat } = open(url);
  const channel = await client.join(CHANNEL);
  await channel.send('before');
  await expect.poll(() => channel.view.get().streams).toHaveLength(1);
  const sending = chat.sendMessage({ text: 'Hi' });
  await expect
    .poll(() => channel.view.get().messages.filter(({ text, id }) => text === 'Hi' && id))
    .toHaveLength(1);
  await chat.stop();
  await sending;
  expect([chat.status, chat.messages.length]).toEqual(['ready', 1]);
  say('to before', null);
  await expect.poll(() => server.messages.list(CHANNEL, { limit: 9 })).toHaveLength(3);
  say('to Hi');
  await expect.poll(() => channel.view.get().streams).toEqual([]);
});

test.each<[string, Exclude<Said, null>[], string]>([
  ['with something said', ['half of ', new Error('password 123')], 'half of '],
  ['without a word', [new Error('password 123')], ''],
])('an agent that fails %s is an error', async (_how, parts, text) => {
  const { url, say } = await startChat();
  const { chat } = open(url);
  const sending = chat.sendMessage({ text: 'Hi' });
  say(...parts);
  await sending;
  expect(chat.status).toBe('error');
  expect(chat.error?.message).toMatch(/could not answer\.$/);
  expect(chat.lastMessage?.role === 'assistant' ? chat.textParts.join('') : '').toBe(text);
});

test('an agent that takes too long is an error', async () => {
  const { url } = await startChat({ agentTimeoutMs: 50 });
  const { chat } = open(url);
  await chat.sendMessage({ text: 'Hi' });
  expect([chat.status, chat.error?.message]).toEqual(['error', expect.stringMatching(/took too long/)]);
});

test('an agent for which too many messages wait is an error', async () => {
  const { url, say } = await startChat({ maxWaitingTurns: 1 });
  const { client, chat } = open(url);
  const channel = await client.join(CHANNEL);
  for (const text of ['one', 'two']) await channel.send(text);
  await chat.sendMessage({ text: 'Hi' });
  expect([chat.status, chat.error?.message]).toEqual(['error', 'Eliza could not answer.']);
  say(null);
});

test('an agent that says nothing is done, and there is no message', async () => {
  const { url, say } = await startChat();
  const { chat, count } = open(url);
  say(null);
  await chat.sendMessage({ text: 'Hi' });
  expect(count()).toBe(0);
  expect([chat.status, chat.messages.length]).toEqual(['ready', 1]);
});

test('a connection that is lost in mid-answer loses nothing of it, also where it has ended meanwhile', async () => {
  const { url, say, server } = await startChat();
  const { client, chat } = open(url);
  const sending = chat.sendMessage({ text: 'Hi' });
  say('one ');
  await expect.poll(() => chat.textParts.join('')).toBe('one ');
  client.disconnect();
  say('two ', 'three', null);
  await expect.poll(() => server.messages.list(CHANNEL, { limit: 9 })).toHaveLength(2);
  expect(chat.textParts.join('')).toBe('one ');
  client.connect();
  await sending;
  expect([chat.status, chat.textParts.join('')]).toEqual(['ready', 'one two three']);
});

test('a view that keeps few messages loses no answer', async () => {
  const { url, say } = await startChat();
  const client = createChatClient(url, { entityId: 'ada', view: { maxMessages: 1 } });
  onTestFinished(() => client.close());
  const channel = await client.join(CHANNEL);
  await channel.send('before');
  const chat = new PlainChat(createChatTransport(client));
  const sending = chat.sendMessage({ text: 'Hi' });
  const isNewest = (text: string) => channel.view.get().messages.some((one) => one.text === text && one.id);
  await expect.poll(() => isNewest('Hi')).toBe(true);
  await channel.send('behind');
  await expect.poll(() => isNewest('Hi')).toBe(false);
  say('to before', null, 'to Hi', null);
  await sending;
  expect(chat.textParts).toEqual(['to Hi']);
  say(null);
});

test('an answer that is found again is told to be from its beginning', () => {
  const client = createChatClient('http://localhost:1', { autoConnect: false });
  onTestFinished(() => client.close());
  expect(createChatTransport(client).resumeStreamIsReplay).toBe(true);
});

test('files are attachments', async () => {
  const { url, say, server } = await startChat();
  const { chat } = open(url);
  say('Nice.', null);
  const files = [{ type: 'file', mediaType: 'image/png', url: 'https://a.example/cat.png' }] as const;
  await chat.sendMessage({ text: 'Look', files: [...files] });
  expect(await server.messages.list(CHANNEL, { limit: 2 })).toMatchObject([
    { text: 'Look', attachments: [{ url: 'https://a.example/cat.png', type: 'image/png' }] },
    { text: 'Nice.' },
  ]);
});

test('an answer is not given anew', async () => {
  const { url, say, server } = await startChat();
  const { chat } = open(url);
  say('Hello!', null);
  await chat.sendMessage({ text: 'Hi' });
  await chat.regenerate();
  expect([chat.status, Object(chat.error).code]).toEqual(['error', 'INVALID_OPTIONS']);
  expect(await server.messages.list(CHANNEL, { limit: 9 })).toHaveLength(2);
});

test('what the server refuses is an error', async () => {
  const { url } = await startChat({ authorize: ({ event }) => event !== 'send_message' });
  const { chat, count } = open(url);
  await chat.sendMessage({ text: 'Hi' });
  expect(count()).toBe(0);
  expect([chat.status, Object(chat.error).code]).toEqual(['error', 'FORBIDDEN']);
});

test('a channel that is deleted ends the answer', async () => {
  const { url, say, server } = await startChat();
  const { chat } = open(url);
  const sending = chat.sendMessage({ text: 'Hi' });
  say('half of ');
  await expect.poll(() => chat.textParts.join('')).toBe('half of ');
  await server.channels.delete(CHANNEL);
  await sending;
  expect(chat.status).toBe('error');
});
