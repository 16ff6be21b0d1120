import { defineContract, defineEvent } from '@wirepact/contract';
import { pino } from 'pino';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore, createSqliteStore } from '../index';
import { createContractServer } from './attach-contract';

const counters = defineContract({
  name: 'counters',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: {
    counted: defineEvent({
      description: 'So much more.',
      payload: Type.Object({ counterId: Type.String(), by: Type.Integer() }),
      durable: true,
      room: { name: 'counter', property: 'counterId' },
    }),
  },
});

/** As it was before whoever counts had to be brief. */
const wider = defineContract({
  name: 'counters',
  version: '0.9.0',
  clientToServer: {},
  serverToClient: {
    counted: defineEvent({
      description: 'So much more.',
      payload: Type.Object({ counterId: Type.String(), by: Type.Number() }),
      durable: true,
      room: { name: 'counter', property: 'counterId' },
    }),
  },
});

function serve(store = createMemoryStore(), logger = pino({ level: 'silent' }), contract = counters) {
  const server = createContractServer(contract, { handlers: {}, store, logger });
  onTestFinished(() => server.close());
  return server.channel('counter', 'c1');
}

test.each([
  ['memory', createMemoryStore],
  ['SQLite', () => createSqliteStore({ file: ':memory:' })],
])('all that was published makes a state, with its place in the journal: %s', async (_where, createStore) => {
  const counter = serve(createStore());
  const seen: number[] = [];
  const read = () =>
    counter.reduce((sum, { payload }) => {
      seen.push(payload.seq ?? 0);
      return sum + payload.by;
    }, 100);
  const empty = await read();
  expect(empty).toEqual({ state: 100, epoch: expect.any(String), seq: 0 });
  // More than a page of the journal.
  const numbers = Array.from({ length: 1_100 }, (_, index) => index + 1);
  await Promise.all(numbers.map(() => counter.publish('counted', { counterId: 'c1', by: 2 })));
  expect(await read()).toEqual({ state: 2_300, epoch: empty.epoch, seq: 1_100 });
  expect(seen).toEqual(numbers);
  await counter.delete();
  const anew = await read();
  expect(anew).toMatchObject({ state: 100, seq: 0 });
  expect(anew.epoch).not.toBe(empty.epoch);
});

test('of a journal whose beginning is forgotten no state is made', async () => {
  const store = createMemoryStore();
  const counter = serve(store);
  for (const by of [1, 2, 3]) await counter.publish('counted', { counterId: 'c1', by });
  await store.prune({ maxCount: 1 });
  const reading = counter.reduce((sum, { payload }) => sum + payload.by, 0);
  await expect(reading).rejects.toMatchObject({ code: 'JOURNAL_FORGOTTEN' });
});

test('what an earlier version has published and this one does not allow is left out, and logged once for each place', async () => {
  const store = createMemoryStore();
  const earlier = serve(store, undefined, wider);
  for (const by of [1, 0.5, 2, 1.5]) await earlier.publish('counted', { counterId: 'c1', by });
  const lines: { msg: string; seq?: number }[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const counter = serve(store, logger);
  for (const _time of [1, 2]) {
    const { state } = await counter.reduce((sum, { payload }) => sum + payload.by, 0);
    expect(state).toBe(3);
  }
  const msg = expect.stringContaining('an earlier version of the contract');
  expect(lines).toMatchObject([
    { seq: 2, event: 'counted', msg },
    { seq: 4, event: 'counted', msg },
  ]);
});
