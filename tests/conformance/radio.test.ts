import { once } from 'node:events';
import { toContractDocument } from '@wirepact/cli';
import {
  type ConformanceCheck,
  type ConformanceOptions,
  listChecks,
  runConformance,
} from '@wirepact/conformance';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { byKey, TWO } from './chat-server';
import { radio, startRadio } from './radio';

const contract = toContractDocument(radio);
const options = { contract, floods: true };
// What the radio has not is checked of the board.
const OF_OTHERS = ['STREAM', 'PRESENCE', 'CALL-1'];
const checks = listChecks(options).filter(({ rule }) => OF_OTHERS.some((area) => rule.startsWith(area)));

let free: Awaited<ReturnType<typeof startRadio>>;
let limited: typeof free;
let signedIn: typeof free;
beforeAll(async () => {
  [free, signedIn, limited] = await Promise.all([
    startRadio(),
    startRadio({ authenticate: byKey, authorize: () => true }),
    startRadio({ rateLimit: { points: 300, durationSeconds: 1 } }),
  ]);
});
afterAll(async () => {
  await Promise.all([free.close(), signedIn.close(), limited.close()]);
});

describe('the radio keeps to its contract', () => {
  const ofOne = checks.filter(({ title }) => !title.includes('one entity'));
  const isFlood = ({ title }: ConformanceCheck) => title.includes('thousands');
  test.concurrent.each(ofOne.filter((one) => !isFlood(one)))('$transport: $rule $title', async ({ run }) => {
    expect(await run(free.url)).toEqual({});
  });
  // Others would wait for their answers behind it.
  test.each(ofOne.filter(isFlood))('$transport: $rule $title', async ({ run }) => {
    expect(await run(free.url)).toEqual({});
  });

  test.each(listChecks({ ...options, ...TWO, rules: ['PRESENCE-3', 'PRESENCE-4'] }))(
    '$transport: $rule $title, where people sign in',
    async ({ run, title }) => {
      const made = await run(signedIn.url);
      // A member whose connection is gone is only told apart where nobody signs in.
      expect(made.skipped === undefined).toBe(!title.includes('once its connection is'));
    },
  );

  test.each(ofOne)('$transport: $rule $title, also where it limits how much is sent', async ({ run }) => {
    expect(await run(limited.url)).toEqual({});
  });
});

/** What becomes of the checks of some rules on another radio, by their outcome and why. */
async function outcomesOn(server: typeof free, more: ConformanceOptions) {
  onTestFinished(() => server.close());
  const { results } = await runConformance(server.url, { ...options, transports: ['websocket'], ...more });
  return results.map(({ outcome, message }) => [outcome, message]);
}

test('a stream that sends only now and then is no fault', async () => {
  const server = await startRadio(
    {},
    {
      async *list_songs({ signal }) {
        yield { number: 1, song: 'The only one so far' };
        await once(signal, 'abort');
      },
    },
  );
  const rules = ['STREAM-1', 'STREAM-2', 'STREAM-4', 'STREAM-7', 'STREAM-8', 'STREAM-9'];
  const outcomes = await outcomesOn(server, { rules, patienceMs: 100 });
  expect(outcomes).toEqual(rules.map(() => ['skipped', expect.stringContaining('1 items came')]));
});

test('a stream may end with an error that its event declares', async () => {
  const server = await startRadio({}, { list_songs: ({ fail }) => fail('OFF_AIR') });
  expect(await outcomesOn(server, { rules: ['STREAM-7'] })).toEqual([['passed', undefined]]);
});

test('connections of one entity are not taken for several members', async () => {
  const server = await startRadio({ authenticate: () => ({ entityId: 'ada' }), authorize: () => true });
  const outcomes = await outcomesOn(server, { rules: ['PRESENCE-1'] });
  expect(outcomes).toEqual([['skipped', expect.stringContaining('one entity')]]);
});

test('a flood of more events than may be sent is not found out', async () => {
  const outcomes = await outcomesOn(await startRadio(), { rules: ['CALL-1'], maxEvents: 1_000 });
  expect(outcomes.at(-1)).toEqual(['unknown', expect.stringContaining('1000 events were sent')]);
});
