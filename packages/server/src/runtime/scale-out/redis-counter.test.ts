import { findRedis, startRedis } from '@wirepact/test-redis';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { createRedisCounter } from './redis-counter';

const program = findRedis();

test.skipIf(!program)('counts parts of points, for each key, and says when its window ends', async () => {
  const redis = await startRedis(program ?? '');
  const clients = [new Redis(redis.url), new Redis(redis.url)] as const;
  onTestFinished(async () => {
    for (const client of clients) client.disconnect();
    await redis.stop();
  });
  for (const client of clients) client.on('error', () => {});
  await Promise.all(clients.map((client) => client.ping()));
  const [one, other] = clients.map((client) => createRedisCounter(client, 'test'));
  if (!one || !other) throw new Error('two counters');
  expect((await one.add('ada', 1.5, 60_000)).points).toBe(1.5);
  const { points, endsInMs } = await other.add('ada', 1 / 8, 60_000);
  expect(points).toBe(1.625);
  expect(endsInMs).toBeGreaterThan(0);
  expect(endsInMs).toBeLessThanOrEqual(60_000);
  expect((await other.add('bob', 1 / 64, 60_000)).points).toBe(1 / 64);
  await redis.kill();
  await expect.poll(() => clients[0].status).not.toBe('ready');
  await expect(one.add('ada', 1, 60_000)).rejects.toThrow('not ready');
});
