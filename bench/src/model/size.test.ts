import { expect, test } from 'vitest';
import type { Profile } from './profiles';
import { LIMITS, largestFleet, rateOf, sizeCells, sizeFleet } from './size';
import { testCosts } from './test-costs';

const PROFILE: Profile = { name: 'test', active: 0.1, messages: 6, members: 10, relayed: 1 };

test('messages a second are those of whoever is active', () => {
  expect(rateOf(PROFILE, 6_000)).toBe(60);
});

test('there are as many nodes as it takes for none to be too busy, and no more', () => {
  const { nodes, load, broken } = sizeFleet(testCosts(), PROFILE, 200_000);
  expect(broken).toBeUndefined();
  expect(nodes).toBeGreaterThan(1);
  expect(load.servers / nodes).toBeLessThanOrEqual(LIMITS.nodeCpu);
  // What all have to do together would be too much for one less.
  expect(load.servers).toBeGreaterThan((nodes - 1) * LIMITS.nodeCpu * 0.9);
});

test('connections that do nothing take nodes for their memory alone', () => {
  const costs = { ...testCosts(), connection: { ...testCosts().connection, idle: 0 } };
  const { nodes } = sizeFleet(costs, { ...PROFILE, active: 0 }, 1_000_000);
  expect(nodes).toBe(Math.ceil((1_000_000 * 25_000) / LIMITS.nodeBytes));
});

test.each([
  [{ overhear: 10_000 }, 'nodes: each hears all others'],
  [{ redis: 100_000 }, 'Redis: one core'],
  [{ postgres: 1_000_000 }, 'PostgreSQL: 16 cores'],
] as const)('what costs %j gives out first: %s', (talk, limit) => {
  const costs = testCosts(talk);
  const { connections, limit: found } = largestFleet(costs, PROFILE);
  expect(found).toBe(limit);
  expect(sizeFleet(costs, PROFILE, connections).broken).toBeUndefined();
  expect(sizeFleet(costs, PROFILE, connections + 1_000).broken).toBe(limit);
});

test('all connections find room in cells, of which none is over its limits', () => {
  const costs = testCosts();
  const { connections: most } = largestFleet(costs, PROFILE);
  const { cells, each } = sizeCells(costs, PROFILE, 100_000_000, most);
  expect(each.broken).toBeUndefined();
  expect(cells * most).toBeGreaterThanOrEqual(100_000_000);
  expect(sizeCells(costs, PROFILE, 10_000, most).cells).toBe(1);
});
