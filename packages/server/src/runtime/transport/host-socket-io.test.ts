import { createServer } from 'node:http';
import { Server, type ServerOptions } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { hello, join, listen, record, silent } from '../../chat/test-chat';
import { attachChatServer, type ChatServerOptions } from '../../index';

const options = { logger: silent, rateLimit: false } as const;

/** A Socket.IO server of a host's with the chat in it. */
async function startHost(chatOptions: ChatServerOptions = {}, ioOptions: Partial<ServerOptions> = {}) {
  const httpServer = createServer();
  const io = new Server(httpServer, ioOptions);
  onTestFinished(() => void io.close());
  const chat = attachChatServer(io, { ...options, ...chatOptions });
  return { chat, io, httpServer, url: await listen(httpServer) };
}

/** Cuts a client's connection, and waits until Socket.IO has brought it back as it was. */
async function recover(client: Awaited<ReturnType<typeof join>>): Promise<void> {
  const connected = new Promise<void>((resolve) => client.socket.once('connect', resolve));
  client.socket.io.engine.close();
  await connected;
  expect(client.socket.recovered).toBe(true);
}

test.each([{ skipMiddlewares: true }, { skipMiddlewares: false }])(
  '[B3] a connection that Socket.IO recovers is served like a new one, with %o',
  async (recovery) => {
    const { chat, url } = await startHost({}, { connectionStateRecovery: recovery });
    const client = await join(url, { reconnection: true, reconnectionDelay: 1 });
    await client.ask('send_message', hello());
    await recover(client);
    await client.waitFor('connection_established', 2);
    expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
    // It is in no channel until it joins again.
    const { channelId, serverId } = hello();
    const host = { senderId: 'host', senderName: 'Host', source: 'host' };
    await chat.messages.post({ channelId, serverId, ...host, text: 'missed' });
    await client.ask('heartbeat');
    expect(client.payloads('messageBroadcast')).toMatchObject([{ text: 'hello' }]);
  },
);

test('[B3] what a recovered connection sends while it is let in anew is not lost', async () => {
  const release: (() => void)[] = [];
  const { url } = await startHost(
    {
      authenticate: ({ auth }) => {
        if (release.length === 0) {
          release.push(() => undefined);
          return { entityId: String(auth.name) };
        }
        return new Promise((resolve) => release.push(() => resolve({ entityId: String(auth.name) })));
      },
    },
    { connectionStateRecovery: {} },
  );
  const client = await join(url, { reconnection: true, reconnectionDelay: 1, auth: { name: 'ada' } });
  await client.ask('send_message', hello({ entityId: 'ada' }));
  await recover(client);
  const answer = client.ask('heartbeat');
  await expect.poll(() => release.length).toBe(2);
  release[1]?.();
  expect(await answer).toMatchObject({ ok: true });
});

test('[B3] a recovered connection that is not let in anew is ended', async () => {
  let isOpen = true;
  const { url } = await startHost(
    { authenticate: () => (isOpen ? { entityId: 'ada' } : null) },
    { connectionStateRecovery: {} },
  );
  const client = await join(url, { reconnection: true, reconnectionDelay: 1 });
  await client.ask('send_message', hello({ entityId: 'ada' }));
  isOpen = false;
  await recover(client);
  expect(await client.waitFor('connection_ended')).toMatchObject({ reason: 'UNAUTHENTICATED' });
  await expect.poll(() => client.socket.connected).toBe(false);
});

test('[B4] a Socket.IO server on the same path is found when the chat is attached', () => {
  const httpServer = createServer();
  new Server(httpServer);
  expect(() => attachChatServer(httpServer, options)).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining('Attach to the Socket.IO server that is there'),
    }),
  );
  expect(() => attachChatServer(httpServer, { ...options, path: '/chat/' })).not.toThrow();
});

test('[B4] a Socket.IO server that is added on the same path later is refused', () => {
  const httpServer = createServer();
  attachChatServer(httpServer, options);
  expect(() => new Server(httpServer)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }));
  expect(() => new Server(httpServer, { path: '/host' })).not.toThrow();
});

test('[B4] two chat servers on the same path are refused, one after the other is not', async () => {
  const httpServer = createServer();
  const chat = attachChatServer(httpServer, options);
  expect(() => attachChatServer(httpServer, options)).toThrow(/cannot share the path \/socket\.io\//);
  await chat.close();
  expect(() => attachChatServer(httpServer, options)).not.toThrow();
});

test.each([
  ['/chat', '/chat/inner'],
  ['/chat/inner', '/chat'],
])(
  '[B4] a server at %s and one at %s would both take upgrades of the longer path, so the second is refused',
  (first, second) => {
    const httpServer = createServer();
    attachChatServer(httpServer, { ...options, path: first });
    const conflict = expect.objectContaining({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining('cannot share the path /chat/inner/'),
    });
    expect(() => attachChatServer(httpServer, { ...options, path: second })).toThrow(conflict);
    const fastPath = false;
    expect(() => attachChatServer(httpServer, { ...options, path: second, fastPath })).toThrow(conflict);
    expect(() => attachChatServer(httpServer, { ...options, path: '/chatter' })).not.toThrow();
  },
);

test('[B4] a server that was refused takes nothing of the path that another has, nor of the host’s', async () => {
  const httpServer = createServer((_request, response) => response.end('mine'));
  onTestFinished(() => void httpServer.close());
  const chat = attachChatServer(httpServer, { ...options, path: '/chat/inner' });
  const url = await listen(httpServer);
  for (const path of ['/chat/inner', '/chat'])
    expect(() => attachChatServer(httpServer, { ...options, path })).toThrow(/cannot share the path/);
  for (const transports of [['polling'], ['websocket']]) {
    const client = await join(url, { path: '/chat/inner', transports });
    expect(await client.ask('send_message', hello())).toMatchObject({ ok: true });
  }
  expect(await (await fetch(`${url}/chat/`)).text()).toBe('mine');
  await chat.close();
});

test('[B4] two servers on one namespace are refused, as each would handle every event; one after the other is not', async () => {
  const { chat, io } = await startHost();
  expect(() => attachChatServer(io, options)).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining('attached to the namespace / of'),
    }),
  );
  expect(() => attachChatServer(io, { ...options, namespace: '/other' })).not.toThrow();
  await chat.close();
  // One that could not be attached leaves it free.
  expect(() => attachChatServer(io, { ...options, trustProxy: 'nobody' })).toThrow(/trustProxy/);
  expect(() => attachChatServer(io, options)).not.toThrow();
});

test('[B4] other upgrade listeners of a host are not called at attach', () => {
  const httpServer = createServer();
  let calls = 0;
  httpServer.on('upgrade', () => {
    calls += 1;
  });
  attachChatServer(httpServer, options);
  expect(calls).toBe(0);
});

test('[B10] many connects of one client at once ask the host once, on its own Socket.IO server, too', async () => {
  let asked = 0;
  const { url } = await startHost({
    authenticate: () => {
      asked += 1;
      return new Promise(() => {});
    },
  });
  const { socket } = record(url);
  await new Promise<void>((resolve) => socket.io.on('open', resolve));
  const closed = new Promise((resolve) => socket.io.on('close', resolve));
  const warned: Error[] = [];
  const onWarning = (warning: Error) => void warned.push(warning);
  process.on('warning', onWarning);
  onTestFinished(() => void process.off('warning', onWarning));
  for (let count = 0; count < 1_000; count += 1) socket.io.engine.write('0{"token":"guess"}');
  await closed;
  expect(asked).toBe(1);
  expect(warned, 'what Node warns the host of').toEqual([]);
});

test('[B10] a page that connects twice meanwhile is connected once', async () => {
  let release: (() => void) | undefined;
  const { url } = await startHost({
    authenticate: () =>
      new Promise((resolve) => {
        release = () => resolve({ entityId: 'ada' });
      }),
  });
  const client = record(url);
  await new Promise<void>((resolve) => client.socket.io.on('open', resolve));
  client.socket.connect();
  await expect.poll(() => release).toBeDefined();
  release?.();
  await client.waitFor('connection_established');
  expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  expect(client.payloads('connection_established')).toHaveLength(1);
});

test('[B10] a refused client keeps the host’s other namespaces', async () => {
  const { io, url } = await startHost({ namespace: '/chat', authenticate: () => null });
  io.on('connection', (socket) => socket.on('mine', (answer) => answer('host')));
  const host = record(url);
  await host.ask('mine');
  const chat = host.socket.io.socket('/chat');
  const refused = new Promise<Error & { data?: unknown }>((resolve) => chat.once('connect_error', resolve));
  expect((await refused).data).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await host.ask('mine')).toBe('host');
});

test('what a middleware of the host refuses on a socket ends no connection of the chat', async () => {
  const { io, url } = await startHost();
  const errors: string[] = [];
  io.on('connection', (socket) => {
    socket.use(([event], next) => next(event === 'secret' ? new Error('not for you') : undefined));
    socket.on('error', ({ message }) => errors.push(message));
  });
  const client = await join(url);
  client.socket.emit('secret');
  await expect.poll(() => errors).toEqual(['not for you']);
  expect(await client.ask('send_message', hello())).toMatchObject({ ok: true });
  expect(client.payloads('connection_ended')).toEqual([]);
});

test('a packet that is none ends a connection to a Socket.IO server of the host’s', async () => {
  const { url } = await startHost();
  const client = await join(url);
  client.socket.io.engine.write('2{"no":"event"}');
  await expect.poll(() => client.socket.connected).toBe(false);
});

test('[A3] closing tells each client why, and ends the chat’s connections only', async () => {
  const { chat, io, url } = await startHost({ namespace: '/chat' });
  io.on('connection', (socket) => socket.on('mine', (answer) => answer('host')));
  const host = record(url);
  const client = await join(`${url}/chat`);
  await chat.close();
  expect(await client.waitFor('connection_ended')).toMatchObject({
    reason: 'SERVER_CLOSING',
    reconnect: true,
  });
  await expect.poll(() => client.socket.connected).toBe(false);
  expect(await host.ask('mine')).toBe('host');
});
