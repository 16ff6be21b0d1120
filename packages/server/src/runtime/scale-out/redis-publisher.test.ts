import { findRedis, startRedis } from '@wirepact/test-redis';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { RedisPublisher } from './redis-publisher';

const MIB = 1024 * 1024;
const PLACE = { stream: 'stream', topic: 'stream@0' };
const program = findRedis();

function end(client: Redis, publisher: RedisPublisher): void {
  publisher.close();
  client.disconnect();
}

test('no more than so much waits for a Redis that is away; what is more is lost and told, and nothing rejects', async () => {
  const client = new Redis('redis://127.0.0.1:1', { lazyConnect: true, retryStrategy: () => 60_000 });
  client.on('error', () => {});
  const lost: unknown[] = [];
  const publisher = new RedisPublisher(client, PLACE, {
    onLost: (cause) => lost.push(cause),
    onTaken: () => {},
    onRefused: () => {},
  });
  onTestFinished(() => end(client, publisher));
  const waiting = Array.from({ length: 15 }, () =>
    publisher.xadd(['stream', 'MAXLEN', '~', 10_000, '*', 'data', 'x'.repeat(MIB)]),
  );
  expect(await publisher.publish('channel', Buffer.alloc(2 * MIB))).toBe('');
  expect(lost).toHaveLength(1);
  client.disconnect();
  expect(await Promise.all(waiting)).toEqual(Array(15).fill(''));
  expect(lost).toHaveLength(16);
});

test('where Redis does not say how many processes there are, this is the only one', async () => {
  const client = new Redis('redis://127.0.0.1:1', { enableOfflineQueue: false, retryStrategy: () => null });
  client.on('error', () => {});
  const publisher = new RedisPublisher(client, PLACE, {
    onLost: () => {},
    onTaken: () => {},
    onRefused: () => {},
  });
  onTestFinished(() => end(client, publisher));
  const answer = await new Promise((resolve) => {
    publisher.send_command('PUBSUB', ['NUMSUB', 'channel'], (_error, counted) => resolve(counted));
  });
  expect(answer).toEqual(['', 1]);
});

test.skipIf(!program)('a Redis that hung says itself that it is back, by taking what waits', async () => {
  const redis = await startRedis(program ?? '');
  const client = new Redis(redis.url);
  await client.ping();
  const told: string[] = [];
  const publisher = new RedisPublisher(client, PLACE, {
    onLost: () => told.push('lost'),
    onTaken: () => told.push('taken'),
    onRefused: () => {},
  });
  onTestFinished(async () => {
    end(client, publisher);
    await redis.stop();
  });
  process.kill(redis.pid, 'SIGSTOP');
  const waiting = publisher.publish('channel', Buffer.alloc(15 * MIB));
  await publisher.publish('channel', Buffer.alloc(2 * MIB));
  expect(told).toEqual(['lost']);
  process.kill(redis.pid, 'SIGCONT');
  await waiting;
  expect(told).toEqual(['lost', 'taken']);
});

test.skipIf(!program)(
  'one that is closed before Redis lets it listen again leaves no rejection',
  async () => {
    const redis = await startRedis(program ?? '');
    const client = new Redis(redis.url, { enableReadyCheck: false });
    const lost: unknown[] = [];
    const publisher = new RedisPublisher(client, PLACE, {
      onLost: (cause) => lost.push(String(cause)),
      onTaken: () => {},
      onRefused: () => {},
    });
    onTestFinished(async () => {
      end(client, publisher);
      await redis.stop();
    });
    const listening = publisher.duplicate();
    listening.subscribe(['channel']);
    await expect.poll(() => publisher.isReading).toBe(true);
    const ended = new Promise<void>((resolve) => {
      listening.on('ready', () => publisher.close());
      listening.on('end', resolve);
    });
    await client.pipeline().client('KILL', 'TYPE', 'pubsub').call('CLIENT', 'PAUSE', 60_000, 'ALL').exec();
    await ended;
    // What it had asked is told, and not left to the process.
    await expect.poll(() => lost).toEqual(['Error: Connection is closed.']);
  },
);
