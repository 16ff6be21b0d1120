import { expect, test } from 'vitest';
import { loadOf, nodesWithMembers, predictCheck } from './predict';
import { testCosts } from './test-costs';

const costs = testCosts();

test('members are on so many nodes: each on one, many on all', () => {
  expect(nodesWithMembers(1, 5)).toBe(1);
  expect(nodesWithMembers(10, 1)).toBeCloseTo(1);
  expect(nodesWithMembers(2, 2)).toBeCloseTo(1.5);
  expect(nodesWithMembers(10, 1_000)).toBeCloseTo(10);
});

test('on one node a message costs its send and its deliveries', () => {
  const load = loadOf(costs, { talk: 'stored', nodes: 1, messages: 10, members: 4 });
  expect(load).toEqual({ servers: 10 * (100 + 4 * 5), redis: 0, postgres: 10 * 200 });
});

test('each other node with members hears it, each without overhears it, and all read Redis', () => {
  const everywhere = loadOf(costs, { talk: 'relayed', nodes: 3, messages: 1, members: 1_000 });
  expect(everywhere.servers).toBeCloseTo(100 + 1_000 * 5 + 2 * 50);
  expect(everywhere.redis).toBe(30 + 2 * 10);
  const nowhere = loadOf(costs, { talk: 'relayed', nodes: 3, messages: 1, members: 0 });
  expect(nowhere.servers).toBeCloseTo(100 + 2 * 10);
});

test('a check is predicted for as long as it ran, with what nodes take in any case', () => {
  const check = { talk: 'stored', nodes: 1, rooms: 2, members: 4, messages: 30, seconds: 3 } as const;
  const measured = { servers: 0, redis: 0, postgres: 0 };
  const predicted = predictCheck(costs, { ...check, ...measured });
  expect(predicted.servers).toBeCloseTo(30 * 120 + 3 * 1_000);
  expect(predicted.postgres).toBeCloseTo(30 * 200);
});
