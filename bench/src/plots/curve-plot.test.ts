import { expect, test } from 'vitest';
import { toCurvePlot } from './curve-plot';

const AXIS = { title: 'many', ticks: [1, 10, 100], isLogarithmic: true };
const LINEAR = { title: 'few', ticks: [0, 50, 100] };

const placesOf = (svg: string) =>
  [...svg.matchAll(/points="([^"]+)"/g)].map(([, places = '']) =>
    places.split(' ').map((place) => place.split(',').map(Number) as [number, number]),
  );
const draw = (points: [number, number][][]) =>
  toCurvePlot(
    'a < b',
    AXIS,
    LINEAR,
    points.map((places, index) => ({ name: `curve ${index}`, points: places })),
  );

test('decades are as far apart as each other on one axis, and values on the other', () => {
  const [[first, second, third] = []] = placesOf(
    draw([
      [
        [1, 0],
        [10, 50],
        [100, 100],
      ],
    ]),
  );
  expect((second?.[0] ?? 0) - (first?.[0] ?? 0)).toBeCloseTo((third?.[0] ?? 0) - (second?.[0] ?? 0), 0);
  expect((first?.[1] ?? 0) - (second?.[1] ?? 0)).toBeCloseTo((second?.[1] ?? 0) - (third?.[1] ?? 0), 0);
});

test('what is beyond an axis is at its end', () => {
  const [[first, second] = []] = placesOf(
    draw([
      [
        [100, 100],
        [1_000, 200],
      ],
    ]),
  );
  expect(second).toEqual(first);
});

test('names of curves that end in one place are written below each other', () => {
  const svg = draw([[[100, 50]], [[100, 50]]]);
  const [one = 0, other = 0] = [...svg.matchAll(/y="([\d.]+)"[^>]*>curve/g)].map(([, y]) => Number(y));
  expect(other - one).toBeGreaterThanOrEqual(15);
});
