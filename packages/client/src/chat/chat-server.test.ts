import { defineEvent, extendContract, WirepactError } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import { type Agent, type ChatServerOptions, createChatServer, createLogStream } from '@wirepact/server';
import * as Type from 'typebox';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf, untilState } from '../../test/chat-fixture';
import { CHANNEL } from '../../test/socket-server';
import { type ChatClientOptions, createChatClient } from '../index';

/** What the real server of the protocol and this client make of each other. */

const AGENT = '987fcdeb-51a2-43f1-b012-123456789abc';
const echo: Agent = {
  id: AGENT,
  name: 'Echo',
  async *respond({ text }) {
    yield text.toUpperCase();
  },
};

beforeEach(() => {
  vi.stubEnv('LOG_LEVEL', 'fatal');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function start(options: ChatServerOptions = {}) {
  const server = createChatServer({ rateLimit: false, ...options });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  return { server, url };
}

function connect(url: string, options: ChatClientOptions = {}) {
  const chat = createChatClient(url, { reconnectionDelay: 5, reconnectionDelayMax: 20, ...options });
  onTestFinished(() => chat.close());
  return chat;
}

test('a message reaches the others and the agent, whose answer comes back', async () => {
  const { url } = await start({ agents: [echo] });
  const [sender, reader] = [connect(url, { entityId: 'user-1' }), connect(url)];
  const [channel, other] = await Promise.all([
    sender.join(CHANNEL, { agentId: AGENT }),
    reader.join(CHANNEL),
  ]);
  const texts: string[] = [];
  other.on('messageBroadcast', ({ text }) => texts.push(text));
  const mine = new Promise((resolve) => channel.on('messageBroadcast', resolve));
  const complete = new Promise((resolve) => other.on('messageComplete', resolve));
  const { messageId } = await channel.send('Hello!', { messageId: 'mine' });
  expect(await mine).toMatchObject({ id: messageId, senderId: 'user-1', clientMessageId: 'mine' });
  await complete;
  expect(texts).toEqual(['Hello!', 'HELLO!']);
  await untilState(sender.connection, ({ latencyMs }) => latencyMs !== undefined);
});

test('a deleted channel says so', async () => {
  const { server, url } = await start();
  const channel = await connect(url).join(CHANNEL);
  await server.channels.delete(CHANNEL);
  await untilState(channel.state, ({ status }) => status === 'deleted');
});

test('errors of the server arrive with their code', async () => {
  const { url } = await start({
    agents: [echo],
    authorize: ({ event }) => event !== 'send_message',
  });
  const chat = connect(url);
  expect(await rejectionOf(chat.join(CHANNEL, { agentId: CHANNEL }))).toMatchObject({
    code: 'AGENT_NOT_FOUND',
  });
  const channel = await chat.join(CHANNEL);
  expect(await rejectionOf(channel.send('Hello!'))).toMatchObject({ code: 'FORBIDDEN', retryable: false });
});

test('a connection refused by authenticate ends with its code', async () => {
  const { url } = await start({
    authenticate({ auth }) {
      if (auth.token === 'right') return { entityId: 'user-1' };
      throw new WirepactError('UNAUTHENTICATED', 'Sign in again.');
    },
  });
  const refused = connect(url, { auth: { token: 'wrong' } });
  expect(await rejectionOf(refused.connect())).toMatchObject({ code: 'UNAUTHENTICATED' });
  const chat = connect(url, { auth: async () => ({ token: 'right' }), entityId: 'user-1' });
  await expect(chat.join(CHANNEL)).resolves.toMatchObject({ id: CHANNEL });
});

test('[A3] credentials that end are renewed on the connection, which outlives them', async () => {
  const ends: number[] = [];
  const { url } = await start({
    authenticate() {
      // The first end is soon; what renews it lasts.
      ends.push(Date.now() + (ends.length === 0 ? 3_000 : 60_000));
      return { entityId: 'user-1', expiresAt: ends.at(-1) };
    },
  });
  const auth = vi.fn(async () => ({ token: 'fresh' }));
  const chat = connect(url, { auth, entityId: 'user-1' });
  const statuses: string[] = [];
  chat.connection.subscribe(({ status }) => statuses.push(status));
  const channel = await chat.join(CHANNEL);
  await expect.poll(() => ends.length).toBe(2);
  await expect.poll(() => Date.now()).toBeGreaterThan(ends[0] ?? 0);
  await channel.send('Still here.');
  expect(auth).toHaveBeenCalledTimes(2);
  expect(new Set(statuses)).toEqual(new Set(['connected']));
});

test('[A3] a client that is put out says so, stays away, and may ask to be let in again', async () => {
  const { server, url } = await start({ authenticate: () => ({ entityId: 'user-1' }) });
  const chat = connect(url, { auth: () => ({ token: 'any' }), entityId: 'user-1' });
  const channel = await chat.join(CHANNEL);
  server.channels.remove(CHANNEL, 'user-1');
  const { error } = await untilState(channel.state, ({ status }) => status === 'removed');
  expect(error?.code).toBe('REMOVED');
  await chat.join(CHANNEL);
  expect(channel.state.get()).toEqual({ status: 'joined' });
  server.disconnect('user-1');
  const end = await untilState(chat.connection, ({ status }) => status === 'disconnected');
  expect(end.error?.code).toBe('KICKED');
  await chat.connect();
  await channel.send('Back.');
});

test('log entries stream', async () => {
  const logStream = createLogStream();
  const { url } = await start({ logStream });
  const chat = connect(url);
  await chat.subscribeLogs({ level: 'error' });
  const warned = chat.logs({ level: 'warn' });
  const next = warned.next();
  // The second answer comes after the server has seen everything that was sent before the first.
  await chat.request('heartbeat');
  await chat.request('heartbeat');
  const log = (level: number, msg: string) =>
    logStream.write(`${JSON.stringify({ level, time: 1_790_000_000_000, category: 'test', msg })}\n`);
  log(30, 'info');
  log(40, 'warning');
  expect((await next).value).toMatchObject({ level: 'warn', category: 'test', message: 'warning' });
  await warned.return();
  await chat.unsubscribeLogs();
});

test('events of an extended contract work on both ends', async () => {
  const contract = extendContract(protocol, {
    name: 'board',
    version: '1.0.0',
    clientToServer: {
      move_card: defineEvent({
        description: 'Move a card.',
        payload: Type.Object({ cardId: Type.String() }),
        reply: Type.Object({ position: Type.Integer() }),
      }),
    },
  });
  const server = createChatServer({
    rateLimit: false,
    extension: { contract, handlers: { move_card: (_context, { cardId }) => ({ position: cardId.length }) } },
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const chat = createChatClient(url, { contract });
  onTestFinished(() => chat.close());
  await expect(chat.request('move_card', { cardId: 'abc' })).resolves.toEqual({ position: 3 });
});

test('a server that closes is waited for', async () => {
  const { server, url } = await start();
  const chat = connect(url);
  const channel = await chat.join(CHANNEL);
  await server.close();
  const { status } = await untilState(chat.connection, (state) => state.status !== 'connected');
  expect(status).toBe('reconnecting');
  expect(channel.state.get().status).toBe('rejoining');
});

test('[AUTH-12] [A9] a client that names nobody is whom the server takes it for, from its first join on', async () => {
  const { url } = await start({ authenticate: ({ auth }) => ({ entityId: String(auth.token) }) });
  const chat = connect(url, { auth: { token: 'ada' } });
  const channel = await chat.join(CHANNEL);
  expect(chat.entityId).toBe('ada');
  await channel.send('Hello!');
  await channel.loadOlder();
  expect(channel.view.get().messages).toMatchObject([{ senderId: 'ada', text: 'Hello!', status: 'sent' }]);
  await expect(connect(url, { auth: { token: 'ada' }, entityId: 'bob' }).join(CHANNEL)).rejects.toMatchObject(
    {
      code: 'FORBIDDEN',
    },
  );
});
