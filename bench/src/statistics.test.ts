import { expect, test } from 'vitest';
import { median, percentile, spreadOf } from './statistics';

test('the median of an even number of values is between the two in the middle, whatever their order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 3])).toBe(4);
});

test('a spread has the median and both ends', () => {
  expect(spreadOf([2, 10, 4])).toEqual({ median: 4, min: 2, max: 10 });
});

test('a percentile is one of the values: the least that so many do not exceed', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(percentile(values, 0.99)).toBe(198);
  expect(percentile(values, 1)).toBe(200);
  expect(percentile(values, 0)).toBe(1);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.99)).toBeNaN();
});
