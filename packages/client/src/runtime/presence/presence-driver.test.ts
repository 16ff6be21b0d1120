import { type PresenceMember, ROOM_NAMES, WirepactError } from '@wirepact/contract/runtime';
import { expect, onTestFinished, test, vi } from 'vitest';
import { board } from '../../../test/board-fixture';
import { createObservable } from '../base/observable';
import { PresenceDriver } from './presence-driver';

/** What a driver says in a channel that is joined, on a clock of the test's. */

/** A driver, and a server that keeps a state for so long at most. */
function drive(keepsMs = 30_000) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const schema = board.presence?.board;
  if (!schema) throw new Error('The board declares no presence.');
  const ask = vi.fn(async (_event: string, { ttlMs = keepsMs }: { ttlMs?: number }) => ({
    ttlMs: Math.min(ttlMs, keepsMs),
  }));
  const channel = createObservable({ status: 'joined' });
  const report = vi.fn(async () => []);
  const deps = { channel, schema, check: { contract: board, report }, names: ROOM_NAMES, ask };
  const members = createObservable<readonly PresenceMember[]>([]);
  const driver = new PresenceDriver(deps, members, createObservable(0));
  return { driver, ask, channel, members, report, said: () => ask.mock.calls.map(([, said]) => said) };
}

test('that a state is over is said at once, and the next one waits its time', async () => {
  const { driver, said } = drive();
  driver.set({ typing: true });
  await vi.advanceTimersByTimeAsync(0);
  driver.clear();
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toEqual([{ state: { typing: true } }, {}]);
  driver.set({ typing: true });
  await vi.advanceTimersByTimeAsync(249);
  expect(said()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(said()).toHaveLength(3);
});

test('no wait is below zero, which Node warns of', async () => {
  const { driver, said } = drive();
  const waits: number[] = [];
  const { setTimeout: wait } = globalThis;
  vi.stubGlobal('setTimeout', (run: () => void, ms = 0) => {
    waits.push(ms);
    return wait(run, ms);
  });
  driver.set({ typing: true });
  await vi.advanceTimersByTimeAsync(1_000);
  driver.set({ typing: false });
  await vi.advanceTimersByTimeAsync(0);
  // Before the clock is the real one again.
  vi.unstubAllGlobals();
  expect(said()).toHaveLength(2);
  expect(waits.filter((ms) => ms < 0)).toEqual([]);
});

test('what is over before it was said is not said at all', async () => {
  const { driver, said } = drive();
  driver.set({ typing: true });
  driver.clear();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said()).toEqual([]);
});

test('a state is said again before the server forgets it, and no more once that keeps it to its end', async () => {
  const { driver, said } = drive();
  const state = { typing: true };
  driver.set(state, 45_000);
  await vi.advanceTimersByTimeAsync(45_000);
  expect(said()).toEqual([45_000, 35_000, 25_000].map((ttlMs) => ({ state, ttlMs })));
});

test.each([0, 1, Number.MAX_SAFE_INTEGER])(
  'a server that says it keeps a state for %d ms is not told in a circle',
  async (keepsMs) => {
    const { driver, said } = drive(keepsMs);
    driver.set({ typing: true });
    await vi.advanceTimersByTimeAsync(900);
    expect(said().length).toBeLessThanOrEqual(4);
  },
);

test('a state of another that breaks the contract is reported, and not shown', () => {
  const { driver, members, report } = drive();
  driver.watch(true);
  const identity = { entityId: 'ada' };
  driver.deliver({ count: 1, members: [{ identity, state: { typing: 'yes' } }] });
  expect(members.get()).toEqual([{ identity }]);
  const state = { typing: 'yes' };
  expect(report.mock.calls).toEqual([[ROOM_NAMES.presenceChanged, state, expect.anything()]]);
});

const refusal = (code: string, details: object) => new WirepactError(code, 'no', details);

test('[PRESENCE-8] who may not ask yet who is there asks again, and is told in time', async () => {
  const { driver, ask, channel, said } = drive();
  ask.mockRejectedValueOnce(refusal('RATE_LIMITED', { retryable: true, retryAfterMs: 60_000 }));
  ask.mockRejectedValueOnce(refusal('STORE_UNAVAILABLE', { retryable: true }));
  driver.watch(true);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(said()).toEqual([{ watching: true }]);
  await vi.advanceTimersByTimeAsync(1);
  expect(said()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said()).toEqual(Array(3).fill({ watching: true }));
  await vi.advanceTimersByTimeAsync(100_000);
  expect(said()).toHaveLength(3);

  ask.mockRejectedValueOnce(refusal('RATE_LIMITED', { retryable: true }));
  driver.watch(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said().slice(3)).toEqual(Array(2).fill({ watching: false }));

  ask.mockRejectedValueOnce(refusal('RATE_LIMITED', { retryable: true }));
  driver.watch(true);
  await vi.advanceTimersByTimeAsync(0);
  channel.set({ status: 'left' });
  expect(vi.getTimerCount()).toBe(0);
});

test('who is refused to know who is there does not ask again', async () => {
  const { driver, ask, said } = drive();
  ask.mockRejectedValueOnce(refusal('FORBIDDEN', { retryable: false }));
  driver.watch(true);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(said()).toHaveLength(1);
});

test('a state that is set before an older one turns out to be refused is said all the same', async () => {
  const { driver, ask, said } = drive();
  let refuse = () => {};
  ask.mockImplementationOnce(
    () =>
      new Promise((_, reject) => {
        refuse = () => reject(refusal('INVALID_PAYLOAD', { retryable: false }));
      }),
  );
  driver.set({ typing: true });
  await vi.advanceTimersByTimeAsync(0);
  driver.set({ typing: false });
  refuse();
  await vi.advanceTimersByTimeAsync(250);
  expect(said()).toEqual([{ state: { typing: true } }, { state: { typing: false } }]);
});

test('a state that is refused is not said again', async () => {
  const { driver, ask, said } = drive();
  ask.mockRejectedValueOnce(refusal('INVALID_PAYLOAD', { retryable: false }));
  driver.set({ typing: true });
  await vi.advanceTimersByTimeAsync(100_000);
  expect(said()).toHaveLength(1);
});
