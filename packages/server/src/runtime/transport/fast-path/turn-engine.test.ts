import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../../test-client';
import { openTcp } from '../test-wire';
import { createTurnEngine } from './turn-engine';
import type { TurnWebSocket } from './turn-websocket';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const RIGHT = {
  Host: 'localhost',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': KEY,
};

/** A server of websockets on loopback: its address, and the websockets it has opened. */
async function start() {
  const engine = new (createTurnEngine(64 * 1024))({ maxPayload: 1_000_000 });
  engine.on('headers', (lines, request) => lines.push(`X-Path: ${request.url}`));
  const opened: TurnWebSocket[] = [];
  const httpServer = createServer().on('upgrade', (request: IncomingMessage, socket, head) =>
    engine.handleUpgrade(request, socket, head, (websocket) => opened.push(websocket)),
  );
  onTestFinished(() => void httpServer.close());
  return { url: await listen(httpServer), opened };
}

/** What is answered to a request with these headers. */
async function answerTo(url: string, headers: Readonly<Record<string, string | undefined>>, method = 'GET') {
  const lines = Object.entries({ ...RIGHT, ...headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const client = openTcp(url, [`${method} /here HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  await expect.poll(() => client.received()).toContain('\r\n\r\n');
  return client;
}

/** A client, once it is open, and the websocket that the server has for it. */
async function connect() {
  const { url, opened } = await start();
  const client = new WebSocket(url.replace('http', 'ws'));
  onTestFinished(() => client.terminate());
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    client.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise((resolve) => client.once('open', resolve));
  const [websocket] = opened;
  if (!websocket) throw new Error('The server has opened nothing.');
  const gone = new Promise<void>((resolve) => websocket.once('close', resolve));
  return { client, websocket, closed, gone };
}

test('a request for a websocket is answered with the hash of its key, and with the lines of whoever adds some', async () => {
  const { url, opened } = await start();
  const client = await answerTo(url, {});
  const hash = createHash('sha1').update(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  expect(client.received().split('\r\n')).toEqual([
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${hash}`,
    'X-Path: /here',
    '',
    '',
  ]);
  expect(opened).toHaveLength(1);
});

test('of the subprotocols that a client names, the first is spoken', async () => {
  const { url } = await start();
  const client = await answerTo(url, { 'Sec-WebSocket-Protocol': 'chat.v2, chat' });
  expect(client.received()).toContain('\r\nSec-WebSocket-Protocol: chat.v2\r\n');
});

test.each([
  ['a key that is too short', { 'Sec-WebSocket-Key': 'AAAA' }, 400],
  ['no key', { 'Sec-WebSocket-Key': undefined }, 400],
  ['another version', { 'Sec-WebSocket-Version': '12' }, 400],
  ['another protocol', { Upgrade: 'h2c' }, 400],
  ['a subprotocol that is no token', { 'Sec-WebSocket-Protocol': 'chat, a chat' }, 400],
])('a request with %s is refused, and its connection ended', async (_what, headers, status) => {
  const { url, opened } = await start();
  const client = await answerTo(url, headers);
  await client.ended;
  expect(client.received()).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nConnection: close\r\n`));
  expect(opened).toEqual([]);
});

test('a request that is no GET is refused', async () => {
  const { url } = await start();
  const client = await answerTo(url, {}, 'PUT');
  await client.ended;
  expect(client.received()).toMatch(/^HTTP\/1.1 405 /);
});

test('which version is spoken is told to whoever asks for another', async () => {
  const { url } = await start();
  const client = await answerTo(url, { 'Sec-WebSocket-Version': '7' });
  expect(client.received()).toContain('\r\nSec-WebSocket-Version: 13\r\n');
});

test('whoever waits until all was written is told once, by the write that has it', async () => {
  const { websocket } = await connect();
  const told: string[] = [];
  for (const text of ['one', 'two']) {
    websocket.send(text, () => {});
    websocket.afterWritten(() => told.push(text));
    await expect.poll(() => told).toContain(text);
  }
  expect(told).toEqual(['one', 'two']);
});

test('texts and binary data come as they were sent, with what kind they are', async () => {
  const { client, websocket } = await connect();
  const heard: unknown[] = [];
  websocket.on('message', (message, isBinary) => heard.push([String(message), isBinary]));
  client.send('ä'.repeat(100_000));
  client.send(Buffer.from('bytes'));
  client.send('');
  await expect
    .poll(() => heard)
    .toEqual([
      ['ä'.repeat(100_000), false],
      ['bytes', true],
      ['', false],
    ]);
});

test('a ping is answered, with what was said', async () => {
  const { client } = await connect();
  const pong = new Promise((resolve) => client.once('pong', (data) => resolve(String(data))));
  client.ping('there?');
  expect(await pong).toBe('there?');
});

test('whoever closes it is answered with the same code and reason, and both have ended', async () => {
  const { client, closed, gone } = await connect();
  client.close(4001, 'done');
  expect(await closed).toEqual({ code: 4001, reason: 'done' });
  await gone;
});

test('what was sent comes before the close frame; what comes afterwards is dropped', async () => {
  const { client, websocket, closed, gone } = await connect();
  const heard: unknown[] = [];
  const late: unknown[] = [];
  client.on('message', (data) => heard.push(String(data)));
  websocket.on('message', (message) => late.push(message));
  websocket.send('last', () => undefined);
  websocket.close(4002, 'enough');
  client.send('late');
  expect(await closed).toEqual({ code: 4002, reason: 'enough' });
  await gone;
  expect(heard).toEqual(['last']);
  expect(late).toEqual([]);
  const refused = new Promise((resolve) => websocket.send('more', resolve));
  expect(await refused).toBeInstanceOf(Error);
});

test('a client that is gone without a word has closed it', async () => {
  const { client, gone } = await connect();
  client.terminate();
  await gone;
});

test('a frame that is not allowed closes it, and is an error behind what came before it', async () => {
  const { client, websocket, closed } = await connect();
  const told: string[] = [];
  websocket.on('message', (message) => process.nextTick(() => told.push(String(message))));
  websocket.on('error', ({ message }) => told.push(message));
  client.send('before');
  // Not masked, in the same bytes.
  client.send('behind', { mask: false });
  expect(await closed).toEqual({ code: 1002, reason: '' });
  expect(told).toEqual(['before', 'A websocket frame is not masked.']);
});

test('while it is paused nothing comes, and afterwards all of it', async () => {
  const { client, websocket } = await connect();
  const heard: unknown[] = [];
  websocket.on('message', (message) => heard.push(message));
  websocket.pause();
  client.send('one');
  const pong = new Promise((resolve) => client.once('pong', resolve));
  client.ping();
  await new Promise((resolve) => client.send('two', resolve));
  expect(heard).toEqual([]);
  websocket.resume();
  await pong;
  await expect.poll(() => heard).toEqual(['one', 'two']);
});

test('who closes it gets all that waits, whoever waits for that as well', async () => {
  const { client, websocket, closed } = await connect();
  const LENGTH = 1_000_000;
  const COUNT = 20;
  let received = 0;
  client.on('message', (data: Buffer) => {
    received += data.length;
  });
  client.pause();
  for (let count = 0; count < COUNT; count += 1) websocket.send(Buffer.alloc(LENGTH), () => undefined);
  client.close(1000);
  await expect.poll(() => websocket._socket.writable).toBe(false);
  const refused = new Promise((resolve) => websocket.afterWritten(resolve));
  expect(await refused).toBeInstanceOf(Error);
  client.resume();
  expect(await closed).toEqual({ code: 1000, reason: '' });
  expect(received).toBe(COUNT * LENGTH);
});
