import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findRedis } from './find-redis';
import { type RedisInstance, startRedis } from './start-redis';

const program = findRedis() ?? '';

describe.skipIf(!program)('a Redis of a test’s own', () => {
  let redis: RedisInstance;
  beforeAll(async () => {
    redis = await startRedis(program);
  });
  afterAll(() => redis.stop());

  test('one that was killed is started again on its port, with nothing in it', async () => {
    const client = new Redis(redis.url, { maxRetriesPerRequest: null });
    client.on('error', () => {});
    onTestFinished(() => client.disconnect());
    await client.set('kept', 'no');
    const { pid, port } = redis;
    await redis.kill();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await redis.restart();
    expect(redis.port).toBe(port);
    expect(redis.pid).not.toBe(pid);
    expect(await client.get('kept')).toBeNull();
  });

  test('one that was stopped by a signal is ended, too', async () => {
    const other = await startRedis(program);
    process.kill(other.pid, 'SIGSTOP');
    await other.stop();
    expect(() => process.kill(other.pid, 0)).toThrow('ESRCH');
  });
});

test.runIf(program)('a REDIS_PATH that names nothing is an error', () => {
  const { REDIS_PATH } = process.env;
  onTestFinished(() => {
    if (REDIS_PATH === undefined) delete process.env.REDIS_PATH;
    else process.env.REDIS_PATH = REDIS_PATH;
  });
  process.env.REDIS_PATH = '/nowhere/redis-server';
  expect(() => findRedis()).toThrow('/nowhere/redis-server');
});
