import { createServer } from 'node:http';
import express from 'express';
import fastify from 'fastify';
import { Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { attachChatServer } from '../index';
import { CHANNEL, connect, hello, join, listen, record, silent } from './test-chat';

const options = { logger: silent, rateLimit: false } as const;
const textOf = async (url: string) => (await fetch(url)).text();

/** Sends a message and expects it back. */
async function expectChat(url: string, clientOptions = {}): Promise<void> {
  const client = await join(url, clientOptions);
  expect(await client.ask('send_message', hello())).toMatchObject({ ok: true });
  expect(await client.waitFor('messageBroadcast')).toMatchObject({ text: 'hello' });
}

test('a plain http server keeps its routes', async () => {
  const httpServer = createServer((_request, response) => response.end('mine'));
  onTestFinished(() => void httpServer.close());
  const chat = attachChatServer(httpServer, options);
  const url = await listen(httpServer);
  await expectChat(url);
  expect(await textOf(`${url}/anything`)).toBe('mine');
  await chat.close();
  expect(await textOf(`${url}/socket.io/?EIO=4&transport=polling`)).toBe('mine');
});

test('Express keeps its routes, over both transports', async () => {
  const app = express();
  app.get('/hello', (_request, response) => void response.send('express'));
  const httpServer = createServer(app);
  onTestFinished(() => void httpServer.close());
  const chat = attachChatServer(httpServer, options);
  const url = await listen(httpServer);
  await expectChat(url);
  await expectChat(url, { transports: ['polling'] });
  expect(await textOf(`${url}/hello`)).toBe('express');
  await chat.close();
});

test('Fastify keeps its routes', async () => {
  const app = fastify();
  app.get('/hello', () => 'fastify');
  const chat = attachChatServer(app.server, options);
  onTestFinished(() => void app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  await expectChat(url);
  expect(await textOf(`${url}/hello`)).toBe('fastify');
  await chat.close();
});

test('[G] a Fastify app closes while clients are connected, where the chat is closed in `preClose`', async () => {
  const app = fastify();
  const chat = attachChatServer(app.server, options);
  app.addHook('preClose', () => chat.close());
  const client = await join(await app.listen({ port: 0, host: '127.0.0.1' }));
  await app.close();
  await expect.poll(() => client.socket.connected).toBe(false);
});

test('[G] an http server closes while clients are connected, where the chat is closed before', async () => {
  const httpServer = createServer();
  const chat = attachChatServer(httpServer, options);
  const client = await join(await listen(httpServer));
  await chat.close();
  await new Promise((resolve) => httpServer.close(resolve));
  await expect.poll(() => client.socket.connected).toBe(false);
});

test('a Socket.IO server keeps its namespaces, its events and its clients', async () => {
  const httpServer = createServer();
  const io = new Server(httpServer);
  onTestFinished(() => void io.close());
  io.on('connection', (socket) => socket.on('mine', (answer) => answer('host')));
  io.of('/other').on('connection', (socket) =>
    socket.on('send_message', (_payload, answer) => answer('other')),
  );
  const chat = attachChatServer(io, options);
  const url = await listen(httpServer);
  await expectChat(url);
  const client = await connect(url);
  expect(await client.ask('mine')).toBe('host');
  const other = record(`${url}/other`);
  expect(await other.ask('send_message', {})).toBe('other');
  expect(other.received).toEqual([]);
  await chat.close();
  expect(await other.ask('send_message', {})).toBe('other');
  expect(await record(url).ask('mine')).toBe('host');
});

test('a namespace of its own on the host’s Socket.IO server', async () => {
  const httpServer = createServer();
  const io = new Server(httpServer);
  onTestFinished(() => void io.close());
  attachChatServer(io, { ...options, namespace: '/chat' });
  const url = await listen(httpServer);
  await expectChat(`${url}/chat`);
  const outside = record(url);
  io.on('connection', (socket) => socket.emit('welcome'));
  await outside.waitFor('welcome');
  expect(outside.payloads('connection_established')).toEqual([]);
});

test.each([['websocket'], ['polling']])(
  'two servers on one http server do not see each other over %s',
  async (transport) => {
    const httpServer = createServer((_request, response) => response.end('mine'));
    onTestFinished(() => void httpServer.close());
    const left = attachChatServer(httpServer, { ...options, path: '/left/' });
    const right = attachChatServer(httpServer, { ...options, path: '/right/' });
    const url = await listen(httpServer);
    const onLeft = await join(url, { path: '/left/', transports: [transport] });
    const onRight = await join(url, { path: '/right/', transports: [transport] });
    await onLeft.ask('send_message', hello({ text: 'left' }));
    await onRight.ask('send_message', hello({ text: 'right' }));
    expect(onLeft.payloads('messageBroadcast')).toMatchObject([{ text: 'left' }]);
    expect(onRight.payloads('messageBroadcast')).toMatchObject([{ text: 'right' }]);
    expect(await textOf(url)).toBe('mine');

    await left.close();
    await expectChat(url, { path: '/right/', transports: [transport] });
    expect(await textOf(url)).toBe('mine');
    await right.close();
  },
);

test('after closing, a new server takes the same path', async () => {
  const httpServer = createServer();
  onTestFinished(() => void httpServer.close());
  const url = await listen(httpServer);
  for (const round of [1, 2, 3]) {
    const chat = attachChatServer(httpServer, options);
    await expectChat(url);
    await chat.close();
    expect(httpServer.listenerCount('upgrade'), `round ${round}`).toBe(0);
  }
});

test('a client is in no channel after it was deleted', async () => {
  const httpServer = createServer();
  onTestFinished(() => void httpServer.close());
  const chat = attachChatServer(httpServer, options);
  const url = await listen(httpServer);
  const member = await join(url);
  await chat.channels.delete(CHANNEL);
  await member.waitFor('channelDeleted');
  await chat.channels.create({ id: CHANNEL });
  const other = await connect(url);
  await other.ask('send_message', hello());
  await member.ask('heartbeat');
  expect(member.payloads('messageBroadcast')).toEqual([]);
  await chat.close();
});
