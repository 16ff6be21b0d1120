import { expect, test } from 'vitest';
import { eventsOf, quantileOf, rateOf, sumOf, toScrape } from './scrape';

const counter = (counts: Record<string, number>) => ({
  name: 'wirepact_events_total',
  values: Object.entries(counts).map(([event, value]) => ({ labels: { event, code: 'OK' }, value })),
});

const histogram = (counts: readonly number[]) => ({
  name: 'seconds',
  values: ['0.001', '0.01', '+Inf'].map((le, index) => ({
    metricName: 'seconds_bucket',
    labels: { le },
    value: counts[index] ?? 0,
  })),
});

test('values are summed by what their labels are, and grow by the second', () => {
  const before = toScrape([counter({ a: 10, b: 1 })], 1_000);
  const now = toScrape([counter({ a: 14, b: 3 })], 3_000);
  expect(sumOf(now, 'wirepact_events_total')).toBe(17);
  expect(sumOf(now, 'wirepact_events_total', ({ event }) => event === 'b')).toBe(3);
  expect(rateOf(before, now, 'wirepact_events_total')).toBe(3);
  expect(eventsOf(now)).toEqual(['a', 'b']);
});

test('a server that has begun anew counts from nothing, and shows no rate below it', () => {
  const [before, now] = [toScrape([counter({ a: 10 })], 0), toScrape([counter({ a: 2 })], 1_000)];
  expect(rateOf(before, now, 'wirepact_events_total')).toBe(0);
  expect(sumOf(now, 'there is none')).toBe(0);
});

test('a quantile is that of what came between two readings', () => {
  const before = toScrape([histogram([1_000, 1_000, 1_000])], 0);
  const now = toScrape([histogram([1_050, 1_099, 1_100])], 1_000);
  expect(quantileOf(before, now, 'seconds', 0.5)).toBe(0.001);
  expect(quantileOf(before, now, 'seconds', 0.99)).toBe(0.01);
  expect(quantileOf(before, now, 'seconds', 1)).toBe(Number.POSITIVE_INFINITY);
  expect(quantileOf(now, now, 'seconds', 0.5)).toBeUndefined();
});
