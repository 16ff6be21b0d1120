import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { connect, Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../../test-client';
import { type Frame, toCloseFrame, toFrame } from './frame';
import { FrameSequence } from './frame-sequence';
import { createTurnEngine } from './turn-engine';

/** What a websocket client reads where a server writes this, `count` messages. */
async function read(frames: Frame, count: number): Promise<{ message: string; isBinary: boolean }[]> {
  const engine = new (createTurnEngine(Number.POSITIVE_INFINITY))({ maxPayload: 1024 });
  const httpServer = createServer().on('upgrade', (request, socket, head) =>
    engine.handleUpgrade(request, socket, head, (websocket) => websocket.push(frames)),
  );
  const client = new WebSocket((await listen(httpServer)).replace('http', 'ws'));
  onTestFinished(() => {
    client.terminate();
    httpServer.close();
  });
  const messages: { message: string; isBinary: boolean }[] = [];
  client.on('message', (data: Buffer, isBinary) =>
    messages.push({ message: data.toString(isBinary ? 'hex' : 'utf8'), isBinary }),
  );
  await expect.poll(() => messages).toHaveLength(count);
  return messages;
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'a text of %i bytes is one frame that a client reads as it was',
  async (length) => {
    const message = 'x'.repeat(length);
    expect(await read(toFrame(message), 1)).toEqual([{ message, isBinary: false }]);
  },
);

test.each([
  ['two', 'ä'],
  ['360', 'ä€😀'.repeat(40)],
  ['127, of 126 characters', `${'x'.repeat(125)}é`],
  ['80,000', 'ä'.repeat(40_000)],
])('the length of a frame counts bytes, not characters: %s', async (_bytes, message) => {
  expect(await read(toFrame(message), 1)).toEqual([{ message, isBinary: false }]);
});

test('a part of a larger buffer is a frame of that part', async () => {
  const message = randomBytes(300).subarray(100, 200);
  expect(await read(toFrame(message), 1)).toEqual([{ message: message.toString('hex'), isBinary: true }]);
});

test('binary data is a binary frame', async () => {
  const message = randomBytes(300);
  expect(await read(toFrame(message), 1)).toEqual([{ message: message.toString('hex'), isBinary: true }]);
});

test('a sequence is read as its messages, in their order', async () => {
  let sequence = FrameSequence.empty();
  const messages = ['first', 'x'.repeat(70_000), '', 'last'];
  for (const message of messages) sequence = sequence.followedBy(toFrame(message));
  expect((await read(sequence, 4)).map(({ message }) => message)).toEqual(messages);
});

test('those who get the same frames share their bytes; who gets one more in between has a sequence of its own', async () => {
  const start = FrameSequence.empty();
  const [first, own, last] = [toFrame('first'), toFrame('own'), toFrame('last')];
  const one = start.followedBy(first).followedBy(last);
  const other = start.followedBy(first).followedBy(last);
  const sender = start.followedBy(first).followedBy(own).followedBy(last);
  expect(other).toBe(one);
  expect((await read(sender, 3)).map(({ message }) => message)).toEqual(['first', 'own', 'last']);
  expect((await read(one, 2)).map(({ message }) => message)).toEqual(['first', 'last']);
});

test('a client that closes in the turn in which it is sent to is written nothing behind the close frame', async () => {
  const engine = new (createTurnEngine(Number.POSITIVE_INFINITY))({ maxPayload: 1024 });
  const httpServer = createServer().on('upgrade', (request, socket, head) =>
    engine.handleUpgrade(request, socket, head, (websocket) =>
      websocket.on('message', () => websocket.push(toFrame('late'))),
    ),
  );
  const url = new URL(await listen(httpServer));
  const stream = connect(Number(url.port), url.hostname);
  const client = new WebSocket(`ws://${url.host}`, { createConnection: () => stream });
  onTestFinished(() => {
    client.terminate();
    httpServer.close();
  });
  await new Promise((resolve) => client.once('open', resolve));
  const written: string[] = [];
  const { write } = Socket.prototype;
  const spy = vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args) {
    if (this !== stream) written.push(String(args[0]));
    return Reflect.apply(write, this, args);
  });
  stream.cork();
  client.send('hello');
  client.close(1000);
  stream.uncork();
  const code = await new Promise((resolve) => client.once('close', resolve));
  await new Promise((resolve) => setImmediate(resolve));
  spy.mockRestore();
  expect(code).toBe(1000);
  expect(written.at(-1)).toBe(toCloseFrame(1000).bytes);
});
