import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SqlDatabase, SqlDialect } from './sql-database';
import { createSqlStore } from './sql-store';
import { readSqlStoreOptions } from './sql-store-options';

const TIMEOUT_MS = 50;
const UNAVAILABLE = { code: 'STORE_UNAVAILABLE', retryable: true };

/** A store whose database answers nothing, and fails what it was asked after its time; counts what reaches it. */
function createHangingStore(takesMs: number) {
  let asked = 0;
  const fail = async () => {
    asked += 1;
    await delay(takesMs);
    throw new Error('no answer');
  };
  const ways = { query: fail, snapshot: fail, write: fail, writeBriefly: fail };
  const database: SqlDatabase = { ...ways, close: async () => undefined };
  // Only what an error is taken for matters: nothing gets as far as a statement.
  const dialect = { faultOf: () => 'store' } as Partial<SqlDialect> as SqlDialect;
  const options = readSqlStoreOptions({ timeoutMs: TIMEOUT_MS, logger: { warn: () => undefined } });
  const store = createSqlStore(dialect, async () => database, options);
  return { store, countAsked: () => asked };
}

test('[C0c] requests that wait for each other do not each wait for a database that hangs', async () => {
  const { store, countAsked } = createHangingStore(TIMEOUT_MS);
  const ids = Array.from({ length: 20 }, (_, index) => `${index}`);
  const outcomes: unknown[] = [];
  for (const id of ids) outcomes.push(await store.getChannel(id).catch((cause) => cause));
  for (const outcome of outcomes) expect(outcome).toMatchObject(UNAVAILABLE);
  // One, unless the machine stands still for longer than the pause.
  expect(countAsked()).toBeLessThan(5);
});

test('[C0c] a database that hung is asked again after a pause', async () => {
  const { store, countAsked } = createHangingStore(TIMEOUT_MS);
  await expect.poll(() => store.getChannel('a').catch(countAsked)).toBe(2);
});

test('[C0c] a database that fails at once is asked each time', async () => {
  const { store, countAsked } = createHangingStore(0);
  for (const id of ['a', 'b', 'c']) await expect(store.getChannel(id)).rejects.toMatchObject(UNAVAILABLE);
  expect(countAsked()).toBe(3);
});
