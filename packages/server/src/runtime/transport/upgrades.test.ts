import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { listen, silent, startChat } from '../../chat/test-chat';
import { attachChatServer } from '../../index';
import { joinRaw, openPolling, openRaw, openTcp, upgradeHead } from './test-wire';

const options = { logger: silent, rateLimit: false } as const;

test('[B1] an upgrade at a wrong path is refused and ended', async () => {
  const { url } = await startChat();
  const client = openTcp(url, upgradeHead('/wrong'));
  await client.ended;
  expect(client.received()).toMatch(/^HTTP\/1\.1 404 /);
  expect(client.received()).toContain('/socket.io/');
});

test.each([
  ['with no other server on it', undefined],
  ['with a Socket.IO server at another path', 'socket.io'],
])('[B1] an upgrade that nobody takes is ended on a host’s server %s', async (_which, other) => {
  const httpServer = createServer();
  onTestFinished(() => void httpServer.close());
  if (other === 'socket.io') {
    const io = new Server(httpServer, { path: '/host/' });
    onTestFinished(() => void io.close());
  }
  const chat = attachChatServer(httpServer, options);
  onTestFinished(() => chat.close());
  const url = await listen(httpServer);
  const client = openTcp(url, upgradeHead('/wrong'));
  await client.ended;
  // Its own half is open still, so the server must have let go of the whole socket.
  await expect
    .poll(() => new Promise((resolve) => httpServer.getConnections((_error, count) => resolve(count))))
    .toBe(0);
});

test('[B1] a websocket server that is added to a server of its own is left alone', async () => {
  const { chat, url } = await startChat();
  const other = new WebSocketServer({ noServer: true });
  chat.httpServer.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/other/'))
      other.handleUpgrade(request, socket, head, (websocket) => websocket.send('hello'));
  });
  const client = await openRaw(url, {}, '/other/');
  expect(await client.next('hello')).toBe('hello');
});

test('[B1] upgrades that another server takes are left alone', async () => {
  const httpServer = createServer();
  const other = new WebSocketServer({ noServer: true });
  httpServer.on('upgrade', (request, socket, head) => {
    if (request.url !== '/other/?EIO=4&transport=websocket') return;
    other.handleUpgrade(request, socket, head, (websocket) => {
      websocket.on('message', () => websocket.send('still here'));
    });
  });
  onTestFinished(() => void httpServer.close());
  const chat = attachChatServer(httpServer, options);
  onTestFinished(() => chat.close());
  const url = await listen(httpServer);
  const client = await openRaw(url, {}, '/other/');
  // One that came later is ended, so the time for this one is over as well.
  await openTcp(url, upgradeHead('/wrong')).ended;
  client.send('hello');
  expect(await client.next('still')).toBe('still here');
});

/** Connections in every state that a server may have to close. */
async function openEveryKind(url: string): Promise<void> {
  await joinRaw(url);
  await openRaw(url);
  const polling = await openPolling(url);
  await polling.post('40');
  await openPolling(url);
  openTcp(url, upgradeHead('/socket.io/?EIO=4&transport=websocket'));
  openTcp(url, upgradeHead('/wrong'));
  openTcp(url, 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade:');
  openTcp(url, `POST /socket.io/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n`);
  openTcp(url);
}

test('[B1] a server of its own closes whatever its connections are doing', async () => {
  const { chat, url } = await startChat();
  await openEveryKind(url);
  await chat.close();
  expect(chat.httpServer.listening).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
});

test('[B1] on a host’s server nothing of ours stays after closing', async () => {
  const httpServer = createServer();
  onTestFinished(() => void httpServer.close());
  const chat = attachChatServer(httpServer, options);
  const url = await listen(httpServer);
  const joined = await joinRaw(url);
  const half = await openRaw(url);
  await chat.close();
  await Promise.all([joined.closed, half.closed]);
  await expect
    .poll(() => new Promise((resolve) => httpServer.getConnections((_error, count) => resolve(count))))
    .toBe(0);
});

test('[B1] closing while somebody is being authenticated does not wait for it, nor let it in later', async () => {
  let release = () => {};
  const asked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const httpServer = createServer();
  const io = new Server(httpServer);
  onTestFinished(() => void io.close());
  const chat = attachChatServer(io, {
    ...options,
    authenticate: async () => {
      await asked;
      return { entityId: 'ada' };
    },
  });
  const client = await openRaw(await listen(httpServer));
  client.send('40');
  await chat.close();
  release();
  expect(JSON.parse((await client.next('44')).slice(2))).toMatchObject({ data: { code: 'UNAVAILABLE' } });
});

test('[B3] after closing, a namespace that nobody else serves refuses who connects', async () => {
  const httpServer = createServer();
  const io = new Server(httpServer);
  onTestFinished(() => void io.close());
  const chat = attachChatServer(io, options);
  const url = await listen(httpServer);
  await chat.close();
  const client = await openRaw(url);
  client.send('40');
  expect(JSON.parse((await client.next('44')).slice(2))).toMatchObject({ data: { code: 'UNAVAILABLE' } });
});
