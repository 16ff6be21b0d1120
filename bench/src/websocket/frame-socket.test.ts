import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Frame } from './frame-reader';
import { FrameSocket } from './frame-socket';

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

const portOf = (address: unknown) => Number(Object(address).port);

/** A websocket, and what it has been told. */
function open(port: number, look: (frame: Frame) => void = () => undefined) {
  const told: string[] = [];
  const socket = new FrameSocket(port, '/', {
    onOpen: () => told.push('open'),
    onText: (frame) => {
      look(frame);
      told.push(frame.toString());
    },
    onClosed: (cause) => told.push(cause.message),
  });
  ended.push(() => socket.terminate());
  return { socket, told };
}

/** The websocket of a server of ws, and the one that is connected to it. */
async function meet(look?: (frame: Frame) => void) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  ended.push(() => server.close());
  await once(server, 'listening');
  const client = open(portOf(server.address()), look);
  const [peer] = (await once(server, 'connection')) as [WebSocket];
  return { ...client, peer };
}

/** A server without manners, which sends what it is given, a byte at a time. */
async function serveBytes(bytes: Buffer): Promise<number> {
  const server = createServer(async (stream: Socket) => {
    stream.setNoDelay();
    for (const byte of bytes) {
      stream.write(Buffer.of(byte));
      await delay(0);
    }
  });
  ended.push(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server.address());
}

const TEXTS = [0, 125, 126, 65_535, 65_536, 200_000].map((length) => 'x'.repeat(length));

describe('FrameSocket', () => {
  it('sends texts of any length, which arrive as they are', async () => {
    const { socket, peer } = await meet();
    const arrived: string[] = [];
    peer.on('message', (data) => arrived.push(String(data)));
    const texts = [...TEXTS, 'späť'];
    socket.together(() => {
      for (const text of texts) socket.send(text);
    });
    await expect.poll(() => arrived).toEqual(texts);
  });

  it('is told of texts of any length', async () => {
    const { told, peer } = await meet();
    const texts = [...TEXTS, 'späť'];
    for (const text of texts) peer.send(text);
    await expect.poll(() => told).toEqual(['open', ...texts]);
  });

  it('is told of texts whose bytes come one by one', async () => {
    const long = 'y'.repeat(126);
    const frames = [Buffer.of(0x81, 2), Buffer.from('ab'), Buffer.of(0x81, 126, 0, 126), Buffer.from(long)];
    const head = Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    const { told } = open(await serveBytes(Buffer.concat([head, ...frames])));
    await expect.poll(() => told).toEqual(['open', 'ab', long]);
  });

  it('compares the beginning of a frame, within the frame', async () => {
    const begins: boolean[][] = [];
    const { peer, told } = await meet((frame) =>
      begins.push(['', '4', '42', '420', '43'].map((ascii) => frame.startsWith(ascii))),
    );
    await expect.poll(() => told).toEqual(['open']);
    // What came before lies behind the shorter frame.
    peer.send('4200');
    await expect.poll(() => begins).toEqual([[true, true, true, true, false]]);
    peer.send('42');
    await expect.poll(() => begins[1]).toEqual([true, true, true, false, false]);
  });

  it('says with which code and why it was closed, and confirms it', async () => {
    const { told, peer } = await meet();
    const closed = once(peer, 'close');
    peer.close(1001, 'going');
    await expect.poll(() => told.at(-1)).toBe('A server closed a connection: 1001 going');
    expect((await closed)[0]).toBe(1005);
  });

  it('says what a server answers that opens no websocket', async () => {
    const { told } = open(await serveBytes(Buffer.from('HTTP/1.1 403 Forbidden\r\n\r\n')));
    await expect.poll(() => told).toEqual(['A server opened no websocket: HTTP/1.1 403 Forbidden']);
  });
});
