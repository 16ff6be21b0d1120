import type { Redis } from 'ioredis';

const TIMER = 'socketTimeoutTimer';

/**
 * A client of ioredis whose connection ends keeps the timer of its `socketTimeout` (5.11), which then ends the next connection,
 * with nothing wrong with it. It has none until it asks again.
 */
export function forgetSocketTimeout(client: Redis): Redis {
  return client.on('close', () => {
    clearTimeout(Reflect.get(client, TIMER));
    Reflect.set(client, TIMER, undefined);
  });
}
