import { expect, test } from 'vitest';
import { Random } from './random';

test('numbers are spread over the whole range, both ends included', () => {
  const random = new Random(1, 'range');
  const drawn = new Set(Array.from({ length: 200 }, () => random.integer(-2, 2)));
  expect([...drawn].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
});

test('some values are so many, in their order', () => {
  const random = new Random(1, 'some');
  const values = Array.from({ length: 20 }, (_, index) => index);
  const some = random.some(values, 5);
  expect(some).toHaveLength(5);
  expect(some).toEqual(some.toSorted((a, b) => a - b));
  expect(random.some([1, 2], 5)).toEqual([1, 2]);
});

test('there is nothing to pick from nothing', () => {
  expect(() => new Random(1, '').pick([])).toThrow(RangeError);
});
