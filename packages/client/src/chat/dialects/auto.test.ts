import { createChatServer, createMemoryStore } from '@wirepact/server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../../test/chat-fixture';
import { connect, serveElizaos } from '../../../test/elizaos-fixture';
import { CHANNEL } from '../../../test/socket-server';
import type { ChatClientOptions } from '../../index';

/** What a server speaks, found out by its greeting. */

const fixture = useChatFixture();
const auto = (url: string, options: ChatClientOptions = {}) => connect(url, { dialect: 'auto', ...options });

async function serveOurs(port = 0, store = createMemoryStore()): Promise<string> {
  vi.stubEnv('LOG_LEVEL', 'silent');
  onTestFinished(() => void vi.unstubAllEnvs());
  const server = createChatServer({ rateLimit: false, store });
  onTestFinished(() => server.close());
  return (await server.listen(port, '127.0.0.1')).url;
}

test('[FOREIGN-1] a server of the protocol is spoken to as ever: acknowledged, numbered, measured', async () => {
  const chat = auto(await serveOurs(), { heartbeatIntervalMs: 10 });
  const channel = await chat.join(CHANNEL);
  expect(await channel.send('Hello')).toMatchObject({ seq: 1, epoch: expect.any(String) });
  expect(chat.supports('leave_channel')).toBe(true);
  expect(chat.protocolVersion).toBeDefined();
  await untilState(chat.connection, ({ latencyMs }) => latencyMs !== undefined);
  await channel.leave();
});

test('[FOREIGN-1] a deployed ElizaOS is known by `authenticated`', async () => {
  const server = await serveElizaos();
  const chat = auto(server.url);
  const channel = await chat.join(CHANNEL);
  await channel.send('Hello');
  expect(server.received.map(({ event }) => event)).toEqual(['1', '2']);
  expect(chat.supports('delete_message')).toBe(false);
  expect(await rejectionOf(channel.clear())).toMatchObject({ code: 'NOT_SUPPORTED' });
});

test('[FOREIGN-1] a greeting without a version is that of the document', async () => {
  fixture.server.io.on('connection', (socket) => {
    socket.emit('connection_established', { message: 'Hi', socketId: socket.id });
    socket.on('join_channel', ({ channelId }) =>
      socket.emit('channel_joined', { message: 'Joined.', channelId, roomId: channelId }),
    );
  });
  fixture.server.answers.join_channel = () => undefined;
  const chat = auto(fixture.server.url, { entityId: 'user-123' });
  expect((await chat.join(CHANNEL)).state.get()).toEqual({ status: 'joined' });
  expect([chat.supports('join_channel'), chat.supports('list_messages')]).toEqual([true, false]);
});

test('[FOREIGN-1] a server that floods before it greets is not waited for', async () => {
  const { server } = fixture;
  server.io.on('connection', (socket) => {
    for (let at = 0; at < 1_000; at += 1) socket.emit('noise', at);
  });
  const chat = auto(server.url);
  await chat.connect();
  expect(server.received.filter(({ event }) => event !== 'heartbeat')).toEqual([]);
  expect(await chat.join(CHANNEL)).toMatchObject({ id: CHANNEL });
});

test('[FOREIGN-1] each connection is found out anew: one server may take the place of another', async () => {
  const store = createMemoryStore();
  await auto(await serveOurs(0, store)).join(CHANNEL);
  const first = await serveElizaos();
  const chat = auto(first.url);
  const channel = await chat.join(CHANNEL);
  await channel.send('to ElizaOS');
  const away = untilState(channel.state, ({ status }) => status === 'rejoining');
  await first.stop();
  await away;
  await serveOurs(first.port, store);
  expect(await channel.send('to ours')).toMatchObject({ seq: 1 });
  expect(chat.supports('delete_message')).toBe(true);
  expect(channel.view.get().messages).toMatchObject([{ text: 'to ours' }]);
});

test('[FOREIGN-6] a server that is asked by somebody without a UUID says what to do', async () => {
  const { url } = await serveElizaos();
  const error = await rejectionOf(auto(url, { entityId: 'user-123' }).connect());
  expect(error).toMatchObject({ code: 'INVALID_OPTIONS', message: expect.stringContaining('ElizaOS') });
});

test('without the option, nothing is waited for and nothing else is said', async () => {
  const { server } = fixture;
  const chat = fixture.client();
  await chat.join(CHANNEL);
  expect(server.socket.handshake.auth).toEqual({ protocol: expect.any(Object) });
});
