import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SharedCounter } from '../ports/scale-out';
import { createRateLimiter } from './rate-limiter';
import { SharedWindows } from './shared-windows';

const LIMIT = { points: 10, durationMs: 60_000 };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A counter of all processes, which can be away, with what it was told. */
function createCounter() {
  const counts = new Map<string, { points: number; endsAt: number }>();
  const told: [key: string, points: number][] = [];
  const state = { isAway: false };
  const counter: SharedCounter = {
    async add(key, points, durationMs) {
      if (state.isAway) throw new Error('away');
      told.push([key, points]);
      const now = performance.now();
      const known = counts.get(key);
      const count = known && known.endsAt > now ? known : { points: 0, endsAt: now + durationMs };
      count.points += points;
      counts.set(key, count);
      return { points: count.points, endsInMs: count.endsAt - now };
    },
  };
  return { counter, told, state };
}

/** A limiter as each of several processes has one. */
function createLimiter(counter: SharedCounter) {
  const shared = new SharedWindows(counter, 'address', LIMIT.durationMs);
  const limiter = createRateLimiter({ ...LIMIT, shared, onLimited: () => {} });
  return {
    take: (times: number, key = 'ada') =>
      Array.from({ length: times }, () => limiter.take(key, 1)).filter((wait) => wait === 0).length,
    charge: (points: number) => limiter.charge('ada', points),
  };
}

const tell = () => vi.advanceTimersByTimeAsync(100);

test('what is taken in one process is missing in the other once it was told', async () => {
  const { counter } = createCounter();
  const [one, other] = [createLimiter(counter), createLimiter(counter)];
  expect([one.take(6), other.take(1)]).toEqual([6, 1]);
  await tell();
  expect([one.take(10), other.take(10)]).toEqual([4, 3]);
});

test('together they let through no more than each would alone, and once told nothing more', async () => {
  const { counter } = createCounter();
  const [one, other] = [createLimiter(counter), createLimiter(counter)];
  expect(one.take(50) + other.take(50)).toBe(20);
  await tell();
  expect(one.take(50) + other.take(50)).toBe(0);
  await vi.advanceTimersByTimeAsync(LIMIT.durationMs);
  expect(one.take(6)).toBe(6);
  await tell();
  expect(other.take(50)).toBe(10);
});

test('a window that began elsewhere ends when it does there', async () => {
  const { counter } = createCounter();
  const [one, other] = [createLimiter(counter), createLimiter(counter)];
  one.take(9);
  await vi.advanceTimersByTimeAsync(30_000);
  other.take(1);
  await tell();
  expect(other.take(1)).toBe(0);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(other.take(50)).toBe(10);
});

test('what an answer turned out to cost counts elsewhere, too', async () => {
  const { counter } = createCounter();
  const [one, other] = [createLimiter(counter), createLimiter(counter)];
  one.charge(25);
  other.take(1);
  await tell();
  expect(other.take(1)).toBe(0);
});

test('however often points are taken, they are told together', async () => {
  const { counter, told } = createCounter();
  const one = createLimiter(counter);
  one.take(3);
  one.take(2, 'bob');
  one.take(1);
  await tell();
  expect(told).toEqual([
    ['address:ada', 4],
    ['address:bob', 2],
  ]);
});

test('while nothing can be told each counts alone, and tells it afterwards, once', async () => {
  const { counter, told, state } = createCounter();
  const one = createLimiter(counter);
  state.isAway = true;
  expect(one.take(4)).toBe(4);
  await tell();
  expect(one.take(2)).toBe(2);
  await tell();
  state.isAway = false;
  expect(one.take(50)).toBe(4);
  await tell();
  expect(told).toEqual([['address:ada', 10]]);
});

test('what nobody answers is not asked again and again, and its window counts no further than it goes', async () => {
  let asked = 0;
  const one = createLimiter({
    add() {
      asked += 1;
      return new Promise(() => {});
    },
  });
  for (let turn = 0; turn < 20; turn += 1) {
    one.take(1, `key ${turn}`);
    await tell();
  }
  expect(asked).toBe(1);
  expect(one.take(50)).toBe(10);
});
