import type { IncomingMessage } from 'node:http';
import type { ElizaosServer } from '@wirepact/test-elizaos';
import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { rejectionOf, untilState } from '../../../test/chat-fixture';
import { ADA, AGENT, BOB, connect, serveElizaos, submit } from '../../../test/elizaos-fixture';
import { createMemoryOutboxStorage } from '../../../test/memory-outbox-storage';
import { CHANNEL, MESSAGE, OTHER_CHANNEL } from '../../../test/socket-server';
import type { Channel } from '../../index';

/** Connections that end, to servers that forget who was in which room, and that would keep a message twice. */

const textsOf = (channel: Channel) => channel.view.get().messages.map(({ text }) => text);
const isAway = ({ status }: { status: string }) => status === 'rejoining';
const isIn = ({ status }: { status: string }) => status === 'joined';

/** Messages that the server has got so far. */
const sends = ({ received }: ElizaosServer) => received.filter(({ event }) => event === '2');

async function cutAndReturn(server: ElizaosServer, channel: Channel): Promise<void> {
  const away = untilState(channel.state, isAway);
  server.cut();
  await away;
  await untilState(channel.state, isIn);
}

/** Has the next message reach the server, and its receipt nobody. */
function loseNextReceipt(server: ElizaosServer): void {
  const [socket] = server.io.sockets.sockets.values();
  socket?.prependOnceListener('message', () => setImmediate(() => socket.conn.close()));
  if (socket) socket.emit = () => true;
}

/** Has its channel end right behind the next join: the client takes both in one turn. */
function deleteBehindNextJoin({ io }: ElizaosServer): void {
  let isDone = false;
  const watch = (socket: Socket) =>
    socket.on('message', ({ type }: { type: number }) => {
      if (type !== 1 || isDone) return;
      isDone = true;
      socket.emit('channelDeleted', { channelId: CHANNEL });
    });
  for (const socket of io.sockets.sockets.values()) watch(socket);
  io.on('connection', watch);
}

/** Has the connection of the next request for history end without an answer; resolves once it has. */
const loseNextRequest = ({ io }: ElizaosServer): Promise<void> =>
  new Promise((resolve) => {
    const { httpServer } = io;
    const lose = (request: IncomingMessage) => {
      if (!request.url?.startsWith('/api/messaging/channels/')) return;
      httpServer.off('request', lose);
      request.socket.destroy();
      resolve();
    };
    httpServer.prependListener('request', lose);
  });

/** Has a message sent while the connection is cut, and what the page then asks history for first get lost. */
async function missWhileHistoryIsAway(server: ElizaosServer, channel: Channel): Promise<void> {
  const away = untilState(channel.state, isAway);
  const isAsked = loseNextRequest(server);
  server.cut();
  await submit(server, CHANNEL, 'missed');
  await away;
  await isAsked;
  await untilState(channel.state, isIn);
}

test('[FOREIGN-7] rooms are joined again, and what was missed is read', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('before');
  const away = untilState(channel.state, isAway);
  server.cut();
  await submit(server, CHANNEL, 'missed');
  await away;
  await untilState(channel.state, isIn);
  expect(textsOf(channel)).toEqual(['before', 'missed']);
  await submit(server, CHANNEL, 'after');
  await untilState(channel.view, ({ messages }) => messages.length === 3);
  expect(textsOf(channel)).toEqual(['before', 'missed', 'after']);
  await channel.loadOlder();
  expect(textsOf(channel)).toEqual(['before', 'missed', 'after']);
  expect(channel.view.get().hasOlder).toBe(false);
});

test('[FOREIGN-7] where what was missed cannot be read, what is known stays', async () => {
  const server = await serveElizaos({ authToken: 'another' });
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('before');
  await cutAndReturn(server, channel);
  await channel.send('after');
  expect(textsOf(channel)).toEqual(['before', 'after']);
  await cutAndReturn(server, channel);
  expect(textsOf(channel)).toEqual(['before', 'after']);
});

test('[FOREIGN-7] where what was missed could be read before, a moment without it is waited for', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('before');
  await cutAndReturn(server, channel);
  await missWhileHistoryIsAway(server, channel);
  expect(textsOf(channel)).toEqual(['before', 'missed']);
});

test('[FOREIGN-7] where it was never read, a moment without history is waited for as well', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('before');
  await missWhileHistoryIsAway(server, channel);
  expect(textsOf(channel)).toEqual(['before', 'missed']);
});

test('[FOREIGN-7] a history that is never reached is not waited for, and what is known stays', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('before');
  server.io.httpServer.prependListener('request', ({ url, socket }: IncomingMessage) => {
    if (url?.startsWith('/api/')) socket.destroy();
  });
  await cutAndReturn(server, channel);
  await channel.send('after');
  expect(textsOf(channel)).toEqual(['before', 'after']);
});

test('[FOREIGN-7] where older messages could be read, a moment without history is waited for as well', async () => {
  const server = await serveElizaos();
  await submit(server, CHANNEL, 'old');
  const channel = await connect(server.url).join(CHANNEL);
  await channel.loadOlder();
  await missWhileHistoryIsAway(server, channel);
  expect(textsOf(channel)).toEqual(['old', 'missed']);
});

test('[FOREIGN-7] a channel that is made anew is read anew', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const channel = await chat.join(CHANNEL);
  await channel.send('before');
  const ended = untilState(channel.state, ({ status }) => status === 'deleted');
  server.io.emit('channelDeleted', { channelId: CHANNEL });
  await ended;
  await submit(server, CHANNEL, 'anew');
  expect(textsOf(await chat.join(CHANNEL))).toContain('anew');
});

test('[FOREIGN-7] a channel that ends as it is joined is told to have ended, and numbered when it is joined anew', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  await chat.connect();
  deleteBehindNextJoin(server);
  const channel = await chat.join(CHANNEL);
  await untilState(channel.state, ({ status }) => status === 'deleted');
  await chat.join(CHANNEL);
  expect(channel.view.get().position).toEqual({ epoch: expect.any(String), seq: expect.any(Number) });
  await submit(server, CHANNEL, 'anew');
  await untilState(channel.view, ({ messages }) => messages.length === 1);
  await cutAndReturn(server, channel);
  expect(textsOf(channel)).toEqual(['anew']);
});

test('[FOREIGN-7] a channel that ends as it is joined again after a reconnect is made anew', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('before');
  deleteBehindNextJoin(server);
  await cutAndReturn(server, channel);
  expect(channel.view.get().position).toEqual({ epoch: expect.any(String), seq: expect.any(Number) });
  await submit(server, CHANNEL, 'anew');
  await untilState(channel.view, ({ messages }) => messages.at(-1)?.text === 'anew');
});

test('[FOREIGN-10] an answer under way when its channel is deleted is not said in the one made anew', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const channel = await chat.join(CHANNEL);
  const chunk = { messageId: MESSAGE, channelId: CHANNEL, agentId: AGENT, index: 0, chunk: 'How ' };
  server.io.emit('messageStreamChunk', chunk);
  await untilState(channel.view, ({ streams }) => streams.length === 1);
  const ended = untilState(channel.state, ({ status }) => status === 'deleted');
  server.io.emit('channelDeleted', { channelId: CHANNEL });
  await ended;
  expect((await chat.join(CHANNEL)).view.get().streams).toEqual([]);
});

test('[FOREIGN-7] what comes while history is read is in its place, once', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('before');
  const between = { id: MESSAGE, senderId: BOB, text: 'between', roomId: CHANNEL, createdAt: Date.now() };
  server.io.on('connection', (socket) =>
    socket.on('message', ({ type }: { type: number }) => {
      // Right behind the answer to the join: the client has not read the history yet, and that does not have it.
      if (type === 1) socket.emit('messageBroadcast', between);
    }),
  );
  await cutAndReturn(server, channel);
  await untilState(channel.view, ({ messages }) => messages.length === 2);
  await channel.send('after');
  expect(textsOf(channel)).toEqual(['before', 'between', 'after']);
});

test('logs are subscribed again', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const heard: string[] = [];
  chat.on('log_update', ({ message }) => void heard.push(message));
  await chat.subscribeLogs({ level: 'info' });
  const away = untilState(chat.connection, ({ status }) => status === 'reconnecting');
  server.cut();
  await away;
  await chat.connect();
  server.log('info', 'again');
  server.log('debug', 'too little');
  server.log('warn', 'and again');
  await expect.poll(() => heard).toEqual(['again', 'and again']);
});

test('an answer under way is gone with the connection, and its message comes whole', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  const answer = { channelId: CHANNEL, messageId: MESSAGE, agentId: AGENT };
  server.stream(answer, ['How ']);
  await untilState(channel.view, ({ streams }) => streams.length === 1);
  await cutAndReturn(server, channel);
  expect(channel.view.get().streams).toEqual([]);
  await submit(server, CHANNEL, 'How do you do?', { message_id: MESSAGE });
  await untilState(channel.view, ({ messages }) => messages.length === 1);
  expect(textsOf(channel)).toEqual(['How do you do?']);
});

test('[FOREIGN-4] a message whose receipt was lost is found in the history, and not sent again', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  await channel.send('first');
  loseNextReceipt(server);
  const { messageId } = await channel.send('once', { messageId: 'mine' });
  await untilState(channel.state, isIn);
  expect(sends(server)).toHaveLength(2);
  expect(channel.view.get().messages).toMatchObject([
    { text: 'first' },
    { text: 'once', id: messageId, clientMessageId: 'mine', status: 'sent' },
  ]);
});

test('[FOREIGN-4] where it cannot be looked up, a message fails instead of being doubled; `retry` sends it', async () => {
  const server = await serveElizaos({ authToken: 'another' });
  const channel = await connect(server.url).join(CHANNEL);
  loseNextReceipt(server);
  const error = await rejectionOf(channel.send('perhaps', { messageId: 'mine' }));
  expect(error).toMatchObject({ code: 'DISCONNECTED', retryable: false });
  expect(error).toMatchObject({ message: expect.stringContaining('`retry` sends it again') });
  expect(sends(server)).toHaveLength(1);
  expect(channel.view.get().messages).toMatchObject([{ status: 'failed', clientMessageId: 'mine' }]);
  await channel.retry('mine');
  expect(sends(server)).toHaveLength(2);
  expect(channel.view.get().messages).toMatchObject([{ status: 'sent', text: 'perhaps' }]);
});

test('[FOREIGN-4] a message that timed out is looked up before `retry` sends it', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  const [socket] = server.io.sockets.sockets.values();
  const emit = socket?.emit;
  if (socket) socket.emit = () => true;
  expect(await rejectionOf(channel.send('kept', { messageId: 'mine', timeoutMs: 30 }))).toMatchObject({
    code: 'TIMEOUT',
  });
  if (socket && emit) socket.emit = emit;
  await expect.poll(() => sends(server).length).toBe(1);
  await channel.retry('mine');
  expect(sends(server)).toHaveLength(1);
  expect(channel.view.get().messages).toMatchObject([{ status: 'sent', text: 'kept' }]);
});

test('what waits while the server is away is sent once, in order, when another takes its place', async () => {
  const first = await serveElizaos();
  const chat = connect(first.url);
  const channel = await chat.join(CHANNEL);
  await channel.send('lost with the server');
  const away = untilState(channel.state, isAway);
  await first.stop();
  await away;
  const sent = ['a', 'b', 'c'].map((text) => channel.send(text));
  expect(await rejectionOf(chat.join(OTHER_CHANNEL, { timeoutMs: 20 }))).toMatchObject({ code: 'TIMEOUT' });
  const second = await serveElizaos({ port: first.port });
  await Promise.all(sent);
  expect(sends(second).map(({ payload }) => Object(payload).message)).toEqual(['a', 'b', 'c']);
  expect(textsOf(channel)).toEqual(['a', 'b', 'c']);
});

test('[FOREIGN-4] connections that end all the time double and lose nothing that has a receipt', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  const watcher = await connect(server.url, { entityId: BOB }).join(OTHER_CHANNEL);
  const outcomes: string[] = [];
  for (let at = 0; at < 20; at += 1) {
    const sending = channel.send(`m${at}`);
    if (at % 3 === 0) server.cut();
    outcomes.push(await sending.then(() => `m${at}`).catch(() => ''));
  }
  await untilState(channel.state, isIn);
  const page = await fetch(`${server.url}/api/messaging/channels/${CHANNEL}/messages?limit=100`);
  const { data } = Object(await page.json());
  const kept: string[] = data.messages.map(({ content }: { content: string }) => content);
  expect(new Set(kept).size).toBe(kept.length);
  for (const text of outcomes) if (text !== '') expect(kept).toContain(text);
  expect(watcher.state.get().status).not.toBe('left');
});

test('[FOREIGN-4] a page that is loaded again sends what the server does not have yet', async () => {
  const server = await serveElizaos();
  const storage = createMemoryOutboxStorage();
  const before = connect(server.url, { entityId: ADA, outbox: { storage } });
  const channel = await before.join(CHANNEL);
  for (const socket of server.io.sockets.sockets.values()) socket.emit = () => true;
  const waiting = [channel.send('sent'), channel.send('waiting')].map(rejectionOf);
  await expect.poll(() => [sends(server).length, storage.kept.size]).toEqual([1, 2]);
  before.close();
  await Promise.all(waiting);
  const after = await connect(server.url, { entityId: ADA, outbox: { storage } }).join(CHANNEL);
  await untilState(after.view, ({ messages }) => messages.at(-1)?.status === 'sent');
  expect(textsOf(after)).toEqual(['sent', 'waiting']);
  expect(sends(server).map(({ payload }) => Object(payload).message)).toEqual(['sent', 'waiting']);
});
