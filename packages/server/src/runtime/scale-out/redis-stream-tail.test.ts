import { findRedis, startRedis } from '@wirepact/test-redis';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ADD_AND_TELL, StreamTail } from './redis-stream-tail';

const program = findRedis();
const PLACE = { stream: 'stream', topic: 'stream@0' };

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `${first + index}`);

describe.skipIf(!program)('the tail of a stream', () => {
  /** A stream that has an entry already, its tail, and what came of it; with `rights`, as a user that has all but these. */
  async function startTail(rights?: string) {
    const redis = await startRedis(program ?? '');
    const client = new Redis(redis.url, { maxRetriesPerRequest: null }).on('error', () => {});
    onTestFinished(async () => {
      client.disconnect();
      await redis.stop();
    });
    const add = (value: string) =>
      client.eval(ADD_AND_TELL, 1, PLACE.stream, 'MAXLEN', '~', 10_000, '*', 'value', value, PLACE.topic);
    await add('before');
    const allow = (...rules: string[]) => client.acl('SETUSER', 'listener', ...rules);
    if (rights) await allow('on', '>secret', 'allkeys', 'allchannels', '+@all', rights);
    const user = { username: 'listener', password: 'secret', retryStrategy: () => 5 };
    const listening = client.duplicate(rights ? user : {}).on('error', () => {});
    onTestFinished(() => listening.disconnect());
    const refused: string[] = [];
    const tail = new StreamTail(listening, client, PLACE, ({ message }) => void refused.push(message));
    const came: string[] = [];
    const take = async (): Promise<void> => {
      for (const [, fields] of await tail.next()) came.push(fields.join('='));
      return take();
    };
    void take();
    if (!rights) await expect.poll(() => tail.isLive).toBe(true);
    const values = () => came.map((field) => field.replace('value=', ''));
    return { redis, client, listening, tail, add, values, allow, refused };
  }

  test('a Redis that forbids to listen says why, is not asked in a circle, and is listened to once it allows it', async () => {
    const { client, tail, add, values, allow, refused } = await startTail('-subscribe');
    await expect.poll(() => refused.length).toBe(1);
    expect(refused[0]).toMatch(/NOPERM.*subscribe/);
    // As long as a dozen connections would take.
    for (let question = 0; question < 500; question += 1) await client.ping();
    expect(refused).toHaveLength(1);
    await allow('+subscribe');
    await expect.poll(() => tail.isLive).toBe(true);
    await add('heard');
    await expect.poll(values).toEqual(['heard']);
  });

  test('what is added comes, in order and once; what was there before does not', async () => {
    const { add, values } = await startTail();
    await Promise.all(numbers(1, 100).map(add));
    await expect.poll(values).toEqual(numbers(1, 100));
  });

  test('while others add, a connection that is cut again and again misses nothing, doubles nothing and keeps the order', async () => {
    const { client, listening, tail, add, values } = await startTail();
    let cuts = 0;
    listening.on('close', () => {
      cuts += 1;
    });
    let added = 0;
    const addUntil = async (isOver: () => boolean): Promise<void> => {
      await Promise.all(numbers(added + 1, added + 10).map(add));
      added += 10;
      if (!isOver()) await addUntil(isOver);
    };
    const adding = addUntil(() => cuts === 5 && tail.isLive);
    for (const cut of [1, 2, 3, 4, 5]) {
      await client.client('KILL', 'TYPE', 'pubsub');
      await expect.poll(() => cuts).toBe(cut);
      await expect.poll(() => tail.isLive).toBe(true);
    }
    await adding;
    await expect.poll(() => values().length).toBeGreaterThanOrEqual(added);
    expect(values()).toEqual(numbers(1, added));
  });

  test('what was added while nobody listened is read, however much it is', async () => {
    const { listening, tail, add, values } = await startTail();
    listening.disconnect();
    await expect.poll(() => tail.isLive).toBe(false);
    await Promise.all(numbers(1, 2_500).map(add));
    await listening.connect();
    await expect.poll(values).toEqual(numbers(1, 2_500));
    await add('live');
    await expect.poll(() => values().at(-1)).toBe('live');
  });

  test('of a Redis that was killed, and has forgotten the stream, what is added next comes', async () => {
    const { redis, tail, add, values } = await startTail();
    await add('1');
    await redis.kill();
    await expect.poll(() => tail.isLive).toBe(false);
    await redis.restart();
    await expect.poll(() => tail.isLive).toBe(true);
    await add('2');
    await expect.poll(() => values().slice(-1)).toEqual(['2']);
  });

  test('of a Redis whose clock was ahead when it forgot the stream, what is added next comes, too', async () => {
    const { redis, client, tail, add, values } = await startTail();
    const ahead = `${Date.now() + 3_600_000}-0`;
    await client.xadd(PLACE.stream, ahead, 'value', 'untold');
    await add('1');
    await expect.poll(values).toEqual(['1']);
    await redis.kill();
    await expect.poll(() => tail.isLive).toBe(false);
    await redis.restart();
    await expect.poll(() => tail.isLive).toBe(true);
    await add('2');
    await expect.poll(values).toEqual(['1', '2']);
  });

  test('where what was missed cannot be read, it is read by the next connection', async () => {
    const { client, listening, tail, add, values } = await startTail();
    const { xread } = client;
    let failures = 0;
    client.xread = async () => {
      failures += 1;
      throw new Error('not now');
    };
    listening.disconnect(true);
    await expect.poll(() => failures).toBeGreaterThan(1);
    await add('missed');
    expect(tail.isLive).toBe(false);
    client.xread = xread;
    await expect.poll(values).toEqual(['missed']);
    await expect.poll(() => tail.isLive).toBe(true);
  });
});
