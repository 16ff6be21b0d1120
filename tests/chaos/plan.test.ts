import { expect, test } from 'vitest';
import { createSends } from './plan';
import { fullPlan, shortPlan } from './plans';
import { chooseSeed, createRandom } from './random';
import { createSchedule } from './schedule';

test('a seed determines the schedule and the sends; another one gives others', () => {
  expect(createSchedule(shortPlan(5))).toEqual(createSchedule(shortPlan(5)));
  expect(createSchedule(shortPlan(5))).not.toEqual(createSchedule(shortPlan(6)));
  expect(createSends(shortPlan(5), 1)).toEqual(createSends(shortPlan(5), 1));
  expect(createSends(shortPlan(5), 1)).not.toEqual(createSends(shortPlan(5), 2));
});

test.each([
  ['short', shortPlan(9), 4, 600],
  ['full', fullPlan(9), 20, 5_000],
])(
  'the %s plan has its kills inside the run, its sends, and every text once',
  (_name, plan, kills, sends) => {
    const schedule = createSchedule(plan);
    expect(schedule.filter(({ kind }) => kind === 'kill').length).toBeGreaterThanOrEqual(kills);
    expect(schedule.every(({ at }) => at > 0 && at < plan.sends)).toBe(true);
    const texts = plan.clients.flatMap((_, index) => createSends(plan, index)).map(({ text }) => text);
    expect(texts.length).toBeGreaterThanOrEqual(sends);
    expect(new Set(texts).size).toBe(plan.sends);
  },
);

test.each([1, 2, 3, 4])('while a reader is slow the server lives (seed %i)', (seed) => {
  const schedule = createSchedule(fullPlan(seed));
  const slow = schedule.flatMap((step) => (step.kind === 'slow' ? [step] : []));
  expect(slow).toHaveLength(1);
  for (const { at, forSends } of slow) {
    const kills = schedule.filter((step) => step.kind === 'kill' && step.at >= at && step.at < at + forSends);
    expect(kills).toEqual([]);
  }
});

test('random numbers are spread over their range', () => {
  const random = createRandom(1);
  const counts = [0, 0, 0, 0];
  for (let round = 0; round < 4_000; round += 1) {
    const number = random.below(4);
    counts[number] = (counts[number] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test('the environment may name the seed, but not a wrong one', () => {
  expect(chooseSeed({ WIREPACT_CHAOS_SEED: '42' })).toBe(42);
  expect(() => chooseSeed({ WIREPACT_CHAOS_SEED: '-1' })).toThrow('WIREPACT_CHAOS_SEED');
});
