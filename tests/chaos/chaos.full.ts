import { findPostgres } from '@wirepact/test-postgres';
import { findRedis } from '@wirepact/test-redis';
import { describe, expect, test } from 'vitest';
import { type Progress, runChaos } from './chaos-run';
import { findViolations } from './checker';
import type { ChaosPlan } from './plan';
import { fullMixedPlan, fullPlan, fullPostgresPlan, fullRedisPlan } from './plans';
import { chooseSeed } from './random';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

const PROGRESS_INTERVAL_MS = 5_000;
const TIMEOUT_MS = 1_800_000;
const seed = chooseSeed();
/** One store alone, `redis` for several servers that it joins, or `mixed` for members on both wires on these; all without it. */
const store = process.env.WIREPACT_CHAOS_STORE || 'all';
/** One subject alone; both without it. */
const subjects = (['chat', 'board'] as const).filter(
  (subject) => subject === (process.env.WIREPACT_CHAOS_SUBJECT || subject),
);

/** Plays a plan with a line now and then, and expects that it was done and no promise was broken. */
async function play(plan: ChaosPlan): Promise<Progress> {
  let timer: NodeJS.Timeout | undefined;
  const run = runChaos(plan, await bundleServer(), (progress) => {
    timer = setInterval(
      () => console.info(`${plan.subject}, seed ${seed}: ${JSON.stringify(progress())}`),
      PROGRESS_INTERVAL_MS,
    );
  });
  const { record, log, progress, durationMs } = await run.finally(() => clearInterval(timer));
  console.info(
    `${plan.subject}, seed ${seed}: ${JSON.stringify(progress)} in ${Math.round(durationMs / 1_000)} s`,
  );
  const violations = findViolations(record);
  expect(
    violations,
    describeViolations(seed, violations, (about) => log.excerpt(about)),
  ).toEqual([]);
  const { sends, acknowledged, refused } = progress;
  expect(sends).toBeGreaterThanOrEqual(plan.sends);
  expect(acknowledged + refused).toBe(sends);
  expect(acknowledged).toBeGreaterThan(plan.sends * 0.97);
  // What is rare was there: much that was missed, over several pages, and a peer that did not read.
  expect(progress.longestReplay).toBeGreaterThan(250);
  expect(progress.mostPages).toBeGreaterThan(1);
  expect(progress.longestBacklog).toBeGreaterThan(500_000);
  expect(Math.min(progress.reloads, progress.deletedChannels)).toBeGreaterThan(1);
  if (plan.subject === 'chat') {
    const { lostTurns, answers } = progress;
    const { whole, failed, timeout, cancelled } = answers;
    expect(lostTurns).toBeGreaterThan(5);
    expect(whole + failed + timeout + cancelled).toBeGreaterThan(300);
    expect(Math.min(whole, failed, timeout, cancelled)).toBeGreaterThan(10);
  }
  return progress;
}

describe.skipIf(!['all', 'sqlite'].includes(store))('on SQLite', () => {
  test.each(subjects)(
    `the full run of the %s keeps every promise (seed ${seed})`,
    { timeout: TIMEOUT_MS },
    async (subject) => {
      const plan = fullPlan(seed, subject);
      const { kills, cutUpgrades } = await play(plan);
      expect(kills).toBe(plan.amounts.kill);
      expect(cutUpgrades).toBeGreaterThan(1);
    },
  );
});

describe.skipIf(!['all', 'postgres'].includes(store) || !findPostgres())(
  'two servers on one PostgreSQL',
  () => {
    test.each(subjects)(
      `the full run of the %s keeps every promise (seed ${seed})`,
      { timeout: TIMEOUT_MS },
      async (subject) => {
        const plan = fullPostgresPlan(seed, subject);
        const { kill, killDatabase, freezeDatabase, stallDatabase, loseCommit } = plan.amounts;
        const { kills, databaseKills, freezes, stalls, lostCommits, terminated } = await play(plan);
        expect([databaseKills, freezes, stalls, lostCommits]).toEqual([
          killDatabase,
          freezeDatabase,
          stallDatabase,
          loseCommit,
        ]);
        // Some are killed while the database is away, besides.
        expect(kills).toBeGreaterThanOrEqual(kill ?? 0);
        expect(terminated).toBeGreaterThan(0);
      },
    );
  },
);

const hasBoth = findPostgres() !== undefined && findRedis() !== undefined;

describe.skipIf(!['all', 'redis'].includes(store) || !hasBoth)(
  'servers on one PostgreSQL, joined by Redis',
  () => {
    test.each(subjects.flatMap((subject) => [2, 3].map((servers) => [subject, servers] as const)))(
      `the full run of the %s on %i keeps every promise (seed ${seed})`,
      { timeout: TIMEOUT_MS },
      async (subject, servers) => {
        const plan = fullRedisPlan(seed, subject, servers);
        const { kill, killDatabase, killRedis } = plan.amounts;
        const { kills, databaseKills, redisKills } = await play(plan);
        expect([databaseKills, redisKills]).toEqual([killDatabase, killRedis]);
        expect(kills).toBeGreaterThanOrEqual(kill ?? 0);
      },
    );
  },
);

describe.skipIf(!['all', 'mixed'].includes(store) || !hasBoth || !subjects.includes('chat'))(
  'members on both wires, on servers joined by Redis',
  () => {
    test(`the full run of the chat on 3 keeps every promise (seed ${seed})`, {
      timeout: TIMEOUT_MS,
    }, async () => {
      const plan = fullMixedPlan(seed);
      const { kills, databaseKills, redisKills } = await play(plan);
      const { kill, killDatabase, killRedis } = plan.amounts;
      expect([databaseKills, redisKills]).toEqual([killDatabase, killRedis]);
      expect(kills).toBeGreaterThanOrEqual(kill ?? 0);
    });
  },
);
