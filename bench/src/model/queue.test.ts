import { expect, test } from 'vitest';
import { simulateQueue, waitsOf } from './queue';
import { createRandom } from './random';

const simulate = (busy: number, burst: number) =>
  simulateQueue({ busy, burst, serviceMs: 2, arrivals: 20_000, random: createRandom(1) });

test('who finds nobody waiting is done after the time it takes', () => {
  expect(simulate(0.001, 1)).toEqual({ p50: expect.closeTo(2), p99: expect.closeTo(2) });
});

test('half of those that come one by one to a node that is busy half of the time do not wait', () => {
  // As queueing theory has it: whoever comes at random finds it busy for as much of the time as it is.
  expect(simulate(0.49, 1).p50).toBeCloseTo(2);
  expect(simulate(0.6, 1).p50).toBeGreaterThan(2);
});

test('the busier a node and the larger the bursts, the longer the wait', () => {
  expect(simulate(0.8, 1).p99).toBeGreaterThan(simulate(0.5, 1).p99);
  expect(simulate(0.5, 20).p99).toBeGreaterThan(5 * simulate(0.5, 1).p99);
});

test('the same seed is the same simulation', () => {
  expect(simulate(0.7, 5)).toEqual(simulate(0.7, 5));
});

test('waits are values that are there', () => {
  expect(waitsOf([3, 1, 2])).toEqual({ p50: 2, p99: 3 });
  expect(waitsOf([1])).toEqual({ p50: 1, p99: 1 });
});
