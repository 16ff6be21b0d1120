import { createServer } from 'node:http';
import { attachChatServer, type ChatServer, createChatServer, createMemoryStore } from '@wirepact/server';
import { Server } from 'socket.io';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { hello, newChannel, silent, TRANSPORTS, useChat } from './chat-fixture';
import { open, type SeedClient } from './seed-client';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Takes note of the port that a server wants, and keeps it from listening. */
async function portOf(server: ChatServer): Promise<unknown> {
  const listen = vi.spyOn(server.httpServer, 'listen').mockImplementation((...args: unknown[]) => {
    const listening = args.at(-1);
    if (typeof listening === 'function') listening();
    return server.httpServer;
  });
  const { url, port } = await server.listen();
  expect(url).toBe(`http://localhost:${port}`);
  return listen.mock.calls[0]?.[0];
}

test('[CONN-1] a server that is told no port takes PORT, else 3000', async () => {
  vi.stubEnv('PORT', undefined);
  expect(await portOf(createChatServer({ logger: silent, store: createMemoryStore() }))).toBe(3000);
  vi.stubEnv('PORT', '4321');
  expect(await portOf(createChatServer({ logger: silent, store: createMemoryStore() }))).toBe(4321);
});

/** Resolves once the client talks over WebSocket. */
async function upgraded({ socket }: SeedClient): Promise<string> {
  const { engine } = socket.io;
  if (engine.transport.name !== 'websocket') {
    await new Promise<void>((resolve) => engine.once('upgrade', () => resolve()));
  }
  return engine.transport.name;
}

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);

  test('[CONN-2] a client connects, and ends up on WebSocket', async () => {
    const client = chat.open();
    await client.next('connection_established');
    expect(await upgraded(client)).toBe('websocket');
    expect(await client.join(newChannel())).toHaveProperty('channelId');
  });

  test('[CONN-3] a host sees Socket.IO’s own connection event; the client does not', async () => {
    const httpServer = createServer();
    const io = new Server(httpServer);
    const attached = attachChatServer(io, { logger: silent, rateLimit: false, store: createMemoryStore() });
    onTestFinished(async () => {
      await attached.close();
      await io.close();
    });
    const connections: string[] = [];
    io.on('connection', ({ id }) => connections.push(id));
    await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
    const address = httpServer.address();
    const client = open(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, transport);
    const { socketId } = await client.next('connection_established');
    await client.caughtUp();
    client.close();
    expect(connections).toEqual([socketId]);
    expect(client.timeline).not.toContain('connection');
  });

  test('[CONN-4] connection_established comes first, once, and to the new connection only', async () => {
    const first = await chat.connect();
    const second = await chat.connect();
    await Promise.all([first.caughtUp(), second.caughtUp()]);
    expect(first.timeline).toEqual(['connection_established', 'ack heartbeat']);
    expect(second.timeline).toEqual(['connection_established', 'ack heartbeat']);
  });

  test('[CONN-5] its message is the document’s', async () => {
    const [greeting] = (await chat.connect()).all('connection_established');
    expect(greeting?.message).toBe('Connected to Eliza Socket.IO server');
  });

  test('[CONN-6] its socketId is the connection’s own', async () => {
    const clients = await Promise.all([chat.connect(), chat.connect()]);
    const ids = clients.map((client) => client.all('connection_established')[0]?.socketId);
    expect(ids).toEqual(clients.map(({ socket }) => socket.id));
    expect(new Set(ids).size).toBe(2);
  });

  test('[CONN-7] its agentId is there where one was given while connecting', async () => {
    const [named, unnamed] = await Promise.all([
      chat.connect({ auth: { agentId: 'agent-1' } }),
      chat.connect(),
    ]);
    expect(named.all('connection_established')[0]?.agentId).toBe('agent-1');
    expect(unnamed.all('connection_established')[0]).not.toHaveProperty('agentId');
  });

  test.each([
    ['auth alone', { auth: { agentId: 'a' } }, 'a'],
    ['the query alone', { query: { agentId: 'q' } }, 'q'],
    ['both', { auth: { agentId: 'a' }, query: { agentId: 'q' } }, 'a'],
    ['the longest', { auth: { agentId: 'x'.repeat(256) } }, 'x'.repeat(256)],
    ['one too long', { auth: { agentId: 'x'.repeat(257) } }, undefined],
    ['an empty one', { auth: { agentId: '' } }, undefined],
    ['a number', { auth: { agentId: 7 } }, undefined],
    ['an object', { auth: { agentId: { $ne: null } } }, undefined],
  ])('[CONN-8] the agent given while connecting: %s', async (_name, options, agentId) => {
    const [greeting] = (await chat.connect(options)).all('connection_established');
    expect(greeting?.agentId).toBe(agentId);
  });

  test('[CONN-9] membership and log subscription end with the connection', async () => {
    const channelId = newChannel();
    const sender = await chat.connect();
    const member = await chat.joined(channelId);
    await member.ask('subscribe_logs');
    member.socket.disconnect();
    member.forget();
    member.socket.connect();
    await member.next('connection_established');
    expect(await sender.ask('send_message', hello(channelId))).toMatchObject({ ok: true });
    await member.caughtUp();
    expect(member.timeline).toEqual(['connection_established', 'ack heartbeat']);
  });

  test('[CONN-10] clients of a server that closes get disconnect', async () => {
    const closing = createChatServer({ logger: silent, store: createMemoryStore() });
    const { url } = await closing.listen(0, '127.0.0.1');
    const client = open(url, transport);
    await client.next('connection_established');
    const disconnected = new Promise((resolve) => client.socket.once('disconnect', resolve));
    await closing.close();
    expect(await disconnected).toBeTypeOf('string');
    expect(client.socket.connected).toBe(false);
  });

  test('[CONN-11] events emitted before the greeting are taken', async () => {
    const channelId = newChannel();
    const client = chat.open();
    client.emit('join_channel', { channelId });
    client.emit('send_message', hello(channelId, { messageId: 'early' }));
    expect(await client.next('messageAck')).toMatchObject({ clientMessageId: 'early', status: 'success' });
    expect(client.timeline.slice(0, 4)).toEqual([
      'connection_established',
      'channel_joined',
      'room_joined',
      'messageBroadcast',
    ]);
  });
});
