import { expect, test } from 'vitest';
import type { Costs } from './costs';
import { toModelPlots } from './plots';
import { checksTable, describeModel, errorOf } from './report';
import { testCosts } from './test-costs';

const CHECK = { nodes: 1, rooms: 1, members: 4, messages: 100, seconds: 1, redis: 3_000, postgres: 40_000 };
const costs: Costs = {
  ...testCosts(),
  nodeIdle: 0,
  checks: [
    { ...CHECK, talk: 'stored', servers: 10_000 },
    { ...CHECK, talk: 'relayed', servers: 24_000 },
  ],
  restarts: [{ clients: 300, others: 2, spreadMs: 0, p50: 1_300, p99: 1_500, peak: 300 }],
};

test('the error is what the model says beyond what was measured, as a part of that', () => {
  expect(errorOf(120, 100)).toBeCloseTo(0.2);
  expect(errorOf(50, 100)).toBeCloseTo(-0.5);
});

test('each check has what was measured, what the model says of it and its error, for whatever took part', () => {
  const [, , stored = '', relayed = ''] = checksTable(costs).split('\n');
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  expect(cells(stored).slice(0, 5)).toEqual(['stored', '1', '100', '120', '+20 %']);
  expect(cells(stored).slice(8)).toEqual(['400', '200', '-50 %']);
  expect(cells(relayed).slice(2)).toEqual(['240', '120', '-50 %', '30', '30', '0 %', '', '', '']);
});

test('every figure of the text and of its plots is a number', () => {
  const texts = [describeModel(costs), ...toModelPlots(costs).values()];
  for (const text of texts) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  expect(texts[0]).toContain('100,000,000');
});
