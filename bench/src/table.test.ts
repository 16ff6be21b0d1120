import { expect, test } from 'vitest';
import type { Figure } from './figure';
import { toTable, toVerdicts } from './table';

const FIGURE: Figure = {
  ...{ title: 'send', unit: 'µs', decimals: 1, baseline: 'plain', goals: { ours: 0.6 } },
  samples: new Map([
    ['ours', [5, 6, 7]],
    ['plain', [10, 10, 10]],
    ['echo', [4, 4, 4]],
  ]),
};

test('a row has what was measured and its ratio to the baseline, round by round', () => {
  const [, , ours, plain] = toTable([FIGURE]).split('\n');
  expect(ours?.split(' | ').map((cell) => cell.trim())).toEqual([
    ...['| send', 'µs', 'wirepact', '6.0', '5.0 – 7.0', '0.60', '0.50 – 0.70 |'],
  ]);
  expect(plain).toContain('| 1.00 ');
});

test('who has a goal is judged by it, nobody else', () => {
  expect(toVerdicts([FIGURE])).toBe('- send, µs: wirepact: 0.60 × plain socket.io; goal ≤ 0.6: met');
  expect(toVerdicts([{ ...FIGURE, goals: { ours: 0.5 } }])).toMatch(/goal ≤ 0.5: missed$/);
});

test('a rate is to be at least what its goal says', () => {
  expect(toVerdicts([{ ...FIGURE, isRate: true }])).toMatch(/goal ≥ 0.6: met$/);
  expect(toVerdicts([{ ...FIGURE, isRate: true, goals: { ours: 5 } }])).toMatch(/goal ≥ 5: missed$/);
});

test('against a rival it is ours that is judged', () => {
  const beside: Figure = {
    ...FIGURE,
    goals: {},
    rivals: ['orpc'],
    samples: new Map([...FIGURE.samples, ['orpc', [20, 20, 20]]]),
  };
  expect(toVerdicts([beside])).toBe('- send, µs: wirepact: 0.30 × oRPC; goal ≤ 0.5: met');
});
