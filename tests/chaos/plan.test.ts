import { expect, test } from 'vitest';
import { ANSWER_KINDS, readQuestion } from './answers';
import type { Step } from './disturbance';
import { createSends } from './plan';
import {
  fullPlan,
  fullPostgresPlan,
  fullRedisPlan,
  shortPlan,
  shortPostgresPlan,
  shortRedisPlan,
} from './plans';
import { chooseSeed, createRandom } from './random';
import { createSchedule, isOfBackend } from './schedule';

test('a seed determines the schedule and the sends; another one gives others', () => {
  expect(createSchedule(shortPlan(5))).toEqual(createSchedule(shortPlan(5)));
  expect(createSchedule(shortPlan(5))).not.toEqual(createSchedule(shortPlan(6)));
  expect(createSends(shortPlan(5), 1)).toEqual(createSends(shortPlan(5), 1));
  expect(createSends(shortPlan(5), 1)).not.toEqual(createSends(shortPlan(5), 2));
});

test.each([
  ['short', shortPlan(9), { kills: 4, databaseKills: 0, sends: 600 }],
  ['short PostgreSQL', shortPostgresPlan(9), { kills: 2, databaseKills: 1, sends: 300 }],
  ['short Redis', shortRedisPlan(9), { kills: 3, databaseKills: 1, sends: 300 }],
  ['full', fullPlan(9), { kills: 20, databaseKills: 0, sends: 5_000 }],
  ['full PostgreSQL', fullPostgresPlan(9), { kills: 20, databaseKills: 8, sends: 5_000 }],
  ['full Redis', fullRedisPlan(9), { kills: 20, databaseKills: 8, sends: 3_000 }],
])('the %s plan has its kills inside the run, its sends, and every text once', (_name, plan, amounts) => {
  const schedule = createSchedule(plan);
  const count = (kind: Step['kind']) => schedule.filter((step) => step.kind === kind).length;
  expect(count('kill')).toBeGreaterThanOrEqual(amounts.kills);
  expect(count('killDatabase')).toBeGreaterThanOrEqual(amounts.databaseKills);
  expect(schedule.every(({ at }) => at > 0 && at < plan.sends)).toBe(true);
  const texts = plan.clients.flatMap((_, index) => createSends(plan, index)).map(({ text }) => text);
  expect(texts.length).toBeGreaterThanOrEqual(amounts.sends);
  expect(new Set(texts).size).toBe(plan.sends);
});

test.each([
  ['SQLite', fullPlan],
  ['PostgreSQL', fullPostgresPlan],
])('while a reader is slow, servers and their database live (%s)', (_name, createPlan) => {
  for (const seed of [1, 2, 3, 4]) {
    const schedule = createSchedule(createPlan(seed));
    const slow = schedule.flatMap((step) => (step.kind === 'slow' ? [step] : []));
    expect(slow).toHaveLength(1);
    for (const { at, forSends } of slow) {
      const meanwhile = schedule.filter(
        (step) => isOfBackend(step) && step.at >= at && step.at < at + forSends,
      );
      expect(meanwhile).toEqual([]);
    }
  }
});

test('whatever happens to servers or their database, somebody speaks in a silent channel just before', () => {
  const plan = fullPostgresPlan(9);
  const words = createSchedule(plan).flatMap((step) => (isOfBackend(step) ? [step.lastWord] : []));
  expect(words).toHaveLength(66);
  expect(new Set(words.map(({ event }) => event))).toEqual(new Set(['send', 'update', 'delete']));
  for (const { channel } of words) expect(channel).toBeLessThan(plan.silentChannels);
});

test.each([
  ['SQLite', fullPlan],
  ['PostgreSQL', fullPostgresPlan],
  ['Redis', (seed: number) => fullRedisPlan(seed)],
])('of the full plan (%s) an agent answers hundreds of messages, in each way some', (_name, createPlan) => {
  const plan = createPlan(9);
  const questions = plan.clients.flatMap((_, index) =>
    createSends(plan, index).flatMap(({ text }) => readQuestion(text) ?? []),
  );
  expect(questions.length).toBeGreaterThan(300);
  for (const kind of ANSWER_KINDS)
    expect(questions.filter((one) => one.kind === kind).length).toBeGreaterThan(50);
  for (const { stopper } of questions) expect(plan.clients[stopper]).not.toBe('reader');
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
