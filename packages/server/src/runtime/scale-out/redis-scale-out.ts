import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { hasMethods, invalidOption } from '../option-checks';
import type { Fleet, ScaleOut } from '../ports/scale-out';
import { forgetSocketTimeout } from './forget-socket-timeout';
import { createRedisCounter } from './redis-counter';
import { RedisPublisher } from './redis-publisher';

/** Milliseconds without an answer after which Redis is connected to anew: longer than from one ping to the next. */
const SOCKET_TIMEOUT_MS = 15_000;

/** Such as `redis://host:6379/1` or `rediss://…`, where `1` is the number of a database. */
const URL_START = /^rediss?:\/\//;

/** A client of ioredis; one of node-redis names its commands otherwise. */
const isClient = (value: unknown): value is Redis =>
  hasMethods(value, 'duplicate', 'defineCommand', 'xadd', 'xread');

/** @throws WirepactError `INVALID_OPTIONS` */
function checkUrl(url: unknown): asserts url is string {
  if (typeof url !== 'string' || !URL_START.test(url))
    throw invalidOption(
      'createRedisScaleOut needs the URL of a Redis, such as "redis://localhost:6379", or a client of ioredis; `REDIS_URL` is taken where neither is given.',
    );
}

/** A client of our own; what is asked waits for Redis, however long it is away. */
const createClient = (url: string) =>
  forgetSocketTimeout(new Redis(url, { maxRetriesPerRequest: null, socketTimeout: SOCKET_TIMEOUT_MS }));

/** Says once when Redis goes away, and once when it is back; and what it refuses, once for each reason. */
function watchClient(client: Redis, logger: Logger) {
  let isAway = false;
  const onLost = (cause: unknown) => {
    if (!isAway)
      logger.warn(
        { cause: cause instanceof Error ? cause.message : String(cause) },
        'Redis is away: members in other processes do not hear what is not stored, and rate limits count this process alone',
      );
    isAway = true;
  };
  const onTaken = () => {
    if (isAway) logger.info('Redis is back');
    isAway = false;
  };
  let refused: string | undefined;
  const onRefused = ({ message: cause }: Error) => {
    if (cause !== refused)
      logger.error(
        { cause },
        'Redis refuses to let this server hear the others: its user needs SUBSCRIBE, XREVRANGE and XREAD on what begins with "wirepact:"',
      );
    refused = cause;
  };
  client.on('error', onLost).on('ready', onTaken);
  return {
    listener: { onLost, onTaken, onRefused },
    stop: () => void client.off('error', onLost).off('ready', onTaken),
  };
}

function join(client: Redis, name: string, logger: Logger): Fleet {
  const { listener, stop } = watchClient(client, logger);
  const prefix = `wirepact:${name}`;
  // Unlike keys, channels are those of all databases.
  const topic = `${prefix}@${client.options.keyPrefix ?? ''}${client.options.db ?? 0}`;
  const publisher = new RedisPublisher(client, { stream: prefix, topic }, listener);
  return {
    // Reads as soon as it is made, and only an adapter of its making ends that.
    createAdapter: (namespace) =>
      createAdapter(publisher, {
        streamName: prefix,
        channelPrefix: topic,
        // No contract has binary data.
        onlyPlaintext: true,
      })(namespace),
    counter: createRedisCounter(client, prefix),
    async check() {
      // A question would wait with all others until Redis is back.
      if (client.status !== 'ready' || !publisher.isReading) throw new Error('Redis is away');
      await client.ping();
    },
    close() {
      publisher.close();
      stop();
    },
  };
}

/**
 * Joins server processes by a Redis 6.2 or later, or a Valkey: what is sent to a room reaches its members in every process, and
 * rate limits count what is sent to all of them. Servers that have nothing to do with each other use databases of their own,
 * such as `redis://host:6379/1`. What is stored does not go through it: where Redis is away, that reaches everybody.
 * Needs `ioredis`, `@socket.io/redis-streams-adapter` and `rate-limiter-flexible`.
 *
 * @param redis a URL, or a client of ioredis that the host closes. Default: the environment's `REDIS_URL`.
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const chat = createChatServer({ store, scaleOut: createRedisScaleOut('redis://localhost:6379') });
 */
export function createRedisScaleOut(redis: string | Redis | undefined = process.env.REDIS_URL): ScaleOut {
  if (isClient(redis)) return { join: (name, logger) => join(redis, name, logger) };
  checkUrl(redis);
  return {
    join(name, logger) {
      const client = createClient(redis);
      const fleet = join(client, name, logger);
      return {
        ...fleet,
        close() {
          fleet.close();
          client.disconnect();
        },
      };
    },
  };
}
