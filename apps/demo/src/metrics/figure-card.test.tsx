// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { mount } from '../../test/mount';
import { FigureCard } from './figure-card';

const pointsOf = (values: readonly number[]) =>
  mount(<FigureCard name="Events" shown="1" values={values} />)
    .one('polyline')
    .getAttribute('points');

test('a figure is drawn from its oldest value to its latest, from zero up', () => {
  expect(pointsOf([0, 2, 1])).toBe('0.0,27.0 50.0,1.0 100.0,14.0');
  expect(pointsOf([0, 0])).toBe('0.0,27.0 100.0,27.0');
});

test('what is above every bound is drawn as high as the highest, and the others stay where they are', () => {
  expect(pointsOf([1, 2, Number.POSITIVE_INFINITY])).toBe('0.0,14.0 50.0,1.0 100.0,1.0');
  expect(pointsOf([Number.POSITIVE_INFINITY, 0])).toBe('0.0,1.0 100.0,27.0');
});
