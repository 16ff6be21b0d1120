import { createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../test-client';
import { forgetSocketTimeout } from './forget-socket-timeout';

/** Where ioredis keeps the timer; a version that keeps it elsewhere, or clears it, needs to be looked at. */
const timerOf = (client: Redis): unknown => Reflect.get(client, 'socketTimeoutTimer');

/** A client of a server that never answers, and the server's side of its connection. */
async function connect() {
  const server = createServer();
  const url = new URL(await listen(server));
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const client = new Redis({
    port: Number(url.port),
    socketTimeout: 60_000,
    enableReadyCheck: false,
    retryStrategy: () => null,
  }).on('error', () => undefined);
  onTestFinished(() => {
    client.disconnect();
    server.close();
  });
  const socket = await connected;
  client.ping().catch(() => undefined);
  await expect.poll(() => timerOf(client)).toBeDefined();
  return { client, socket };
}

test('a client whose connection has ended has no timer of it any more, which ioredis leaves it', async () => {
  const [left, mended] = [await connect(), await connect()];
  forgetSocketTimeout(mended.client);
  const ended = [left, mended].map(({ client }) => new Promise((resolve) => client.once('end', resolve)));
  for (const { socket } of [left, mended]) socket.destroy();
  await Promise.all(ended);
  expect(timerOf(left.client)).toBeDefined();
  expect(timerOf(mended.client)).toBeUndefined();
});
