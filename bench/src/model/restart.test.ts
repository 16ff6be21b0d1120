import { expect, test } from 'vitest';
import { createRandom } from './random';
import { countPeak, simulateRestart } from './restart';

const simulate = (spreadMs: number, connectMs = 1) =>
  simulateRestart({
    ...{ connections: 10_000, others: 2, spreadMs, connectMs, busy: 0.5, random: createRandom(1) },
  });

test('clients that are told at once come at once, and wait for nodes that have to let all of them in', () => {
  const { peak, backlog, p50 } = simulate(0);
  expect(peak).toBe(10_000);
  // Each node takes 5,000, of 2 ms as it is busy for half of its time: ten seconds, less half a second in which they come.
  expect(backlog).toBeGreaterThan(9_000);
  expect(backlog).toBeLessThan(10_500);
  expect(p50).toBeGreaterThan(5_000);
});

test('clients that are told over a minute come one after the other, and wait for nobody', () => {
  const { peak, backlog, p99 } = simulate(60_000);
  expect(peak).toBeLessThan(250);
  expect(backlog).toBeLessThan(100);
  expect(p99).toBeLessThan(1_600);
});

test('whoever comes back is away for a second at least', () => {
  expect(simulate(60_000, 0).p50).toBeGreaterThan(1_000);
});

test('the most in a second are counted from the first', () => {
  expect(countPeak([900, 1_000, 1_100, 5_000])).toBe(3);
  expect(countPeak([])).toBe(0);
});
