import { expect, test } from 'vitest';
import type { Figure } from '../figure';
import { toBarPlots } from './bar-plot';

const FIGURE: Figure = {
  ...{ title: 'send', unit: 'µs', decimals: 1, baseline: 'plain', goals: { ours: 0.5 } },
  samples: new Map([
    ['ours', [2, 4, 9]],
    ['plain', [10, 10, 10]],
  ]),
};

const numbersOf = (svg: string, pattern: RegExp) =>
  [...svg.matchAll(pattern)].map(([, number]) => Number(number));

test('bars are as long as the medians of the ratios', () => {
  const [ours = 0, plain = 0] = numbersOf(toBarPlots('sends', [FIGURE]), /<rect .* width="([\d.]+)"/g);
  expect(plain).toBeGreaterThan(0);
  expect(ours / plain).toBeCloseTo(0.4, 2);
});

test('a whisker leads from the least ratio to the greatest, and a mark stands at the goal', () => {
  const svg = toBarPlots('sends', [FIGURE]);
  const [start = 0] = numbersOf(svg, /<rect .*? x="([\d.]+)"/g);
  const [, length = 0] = numbersOf(svg, /<rect .* width="([\d.]+)"/g);
  const [from = 0] = numbersOf(svg, /class="whisker" x1="([\d.]+)"/g);
  const [to = 0] = numbersOf(svg, /class="whisker" .* x2="([\d.]+)"/g);
  const [goal = 0] = numbersOf(svg, /class="goal" x1="([\d.]+)"/g);
  expect([from, to, goal].map((x) => (x - start) / length)).toEqual([
    ...[expect.closeTo(0.2, 2), expect.closeTo(0.9, 2), expect.closeTo(0.5, 2)],
  ]);
});

test('a whisker ends with the axis', () => {
  const far: Figure = { ...FIGURE, samples: new Map([...FIGURE.samples, ['ours', [2, 4, 10_000]]]) };
  const [to = 0] = numbersOf(toBarPlots('sends', [far]), /class="whisker" .* x2="([\d.]+)"/g);
  const [start = 0] = numbersOf(toBarPlots('sends', [far]), /<rect .*? x="([\d.]+)"/g);
  const [, length = 0] = numbersOf(toBarPlots('sends', [far]), /<rect .* width="([\d.]+)"/g);
  expect((to - start) / length).toBeCloseTo(1.15, 2);
});

test('what others made has the colour of the baseline', () => {
  const three: Figure = { ...FIGURE, samples: new Map([...FIGURE.samples, ['echo', [1, 1, 1]]]) };
  const styles = [...toBarPlots('sends', [three]).matchAll(/<rect class="(\w+)"/g)].map(([, style]) => style);
  expect(styles).toEqual(['ours', 'other', 'other']);
});

test('rates are left out, as more of them is better', () => {
  const svg = toBarPlots('sends', [FIGURE, { ...FIGURE, unit: 'messages a second', isRate: true }]);
  expect(svg).toContain('send: µs');
  expect(svg).not.toContain('messages a second');
});

test('what is written in a plot is text', () => {
  expect(toBarPlots('a < b & c', [{ ...FIGURE, title: '<script>' }])).toMatch(
    /a &lt; b &amp; c[\s\S]*&lt;script&gt;/,
  );
});
