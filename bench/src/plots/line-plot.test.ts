import { expect, test } from 'vitest';
import { toLinePlots } from './line-plot';

const series = (values: readonly number[]) => ({
  ...{ title: 'heap', unit: 'MB' },
  points: values.map((value, minute) => ({ at: minute * 60_000, value })),
});
const heightsOf = (svg: string) => {
  const places = /points="([^"]+)"/.exec(svg)?.[1]?.split(' ') ?? [];
  return places.map((place) => Number(place.split(',')[1]));
};

test('what is flat looks flat, and what grows goes up', () => {
  expect(new Set(heightsOf(toLinePlots([series([40, 40, 40])], 2))).size).toBe(1);
  const [first = 0, second = 0, third = 0] = heightsOf(toLinePlots([series([10, 20, 30])], 2));
  expect(first).toBeGreaterThan(second);
  expect(first - second).toBeCloseTo(second - third, 0);
});

test('series stand one below the other', () => {
  const svg = toLinePlots([series([1]), { ...series([1]), title: 'RSS' }], 1);
  expect(svg.match(/<polyline/g)).toHaveLength(2);
  expect(svg).toMatch(/height="300"/);
});
