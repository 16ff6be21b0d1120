import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { forgetSocketTimeout } from './forget-socket-timeout';

test('the time of a connection that has ended is not up for the next one', async () => {
  // It says nothing, so that whatever is asked waits for an answer.
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = Object(server.address());
  const client = new Redis(port, '127.0.0.1', { socketTimeout: 60_000, retryStrategy: () => null });
  onTestFinished(() => client.disconnect());
  client.on('error', () => {});
  forgetSocketTimeout(client);
  const timer = () => Reflect.get(client, 'socketTimeoutTimer');
  await expect.poll(timer).toBeDefined();
  const closed = once(client, 'close');
  for (const socket of sockets) socket.destroy();
  await closed;
  expect(timer()).toBeUndefined();
});
