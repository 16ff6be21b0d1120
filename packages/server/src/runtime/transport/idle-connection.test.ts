import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { join, startChat } from '../../chat/test-chat';

const CONNECTIONS = 10;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test.each([
  ['a websocket', ['websocket'], undefined],
  ['a websocket that it has changed to', ['polling', 'websocket'], undefined],
  ['a websocket that pages of any origin may open', ['websocket'], true],
])(
  'connections on %s keep no request that they began with, and hear all the same',
  async (_on, transports, corsOrigin) => {
    const { chat, url } = await startChat({ corsOrigin });
    const requests: WeakRef<object>[] = [];
    const note = (request: object) => void requests.push(new WeakRef(request));
    chat.httpServer.on('upgrade', note);
    chat.httpServer.on('request', note);
    const clients: Awaited<ReturnType<typeof join>>[] = [];
    for (let count = 0; count < CONNECTIONS; count += 1) clients.push(await join(url, { transports }));
    await expect
      .poll(() => clients.map(({ socket }) => socket.io.engine.transport.name))
      .toEqual(clients.map(() => 'websocket'));
    const alive = async () => {
      // A WeakRef keeps its object until the turn in which it was read has ended.
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
      return requests.filter((request) => request.deref() !== undefined).length;
    };
    // Node holds the last one, and what it may use again.
    await expect.poll(alive).toBeLessThan(CONNECTIONS / 2);
    expect(requests.length).toBeGreaterThanOrEqual(CONNECTIONS);
    for (const client of clients) expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  },
);

test.each([undefined, true])(
  'whoever else listens for the end of a connection is told (corsOrigin %s)',
  async (corsOrigin) => {
    const { chat, url } = await startChat({ corsOrigin });
    const ended = new Promise((resolve) =>
      chat.httpServer.once('upgrade', (_request, socket) => socket.once('close', resolve)),
    );
    const { socket } = await join(url, { transports: ['websocket'] });
    socket.disconnect();
    await ended;
  },
);
