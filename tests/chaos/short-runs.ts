import { findPostgres } from '@wirepact/test-postgres';
import { expect, test } from 'vitest';
import { type Progress, runChaos } from './chaos-run';
import { findViolations } from './checker';
import type { ChaosPlan } from './plan';
import { RUN_LIMIT, shortMixedPlan, shortPlan, shortPostgresPlan } from './plans';
import { chooseSeed } from './random';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

const seed = chooseSeed();

/** Plays a plan, expects no violation and that everything planned was done; answers with what was done. */
async function play(plan: ChaosPlan) {
  const { record, log, progress, durationMs } = await runChaos(plan, await bundleServer());
  const violations = findViolations(record);
  const report = describeViolations(seed, violations, (about) => log.excerpt(about));
  expect(violations, report).toEqual([]);
  const { sends, acknowledged, refused } = progress;
  expect(sends).toBeGreaterThanOrEqual(plan.sends);
  expect(acknowledged + refused).toBe(sends);
  expect(acknowledged).toBeGreaterThan(plan.sends * 0.9);
  console.info(
    `chaos: ${plan.subject} ${JSON.stringify(progress)} in ${Math.round(durationMs)} ms, seed ${seed}`,
  );
  return progress;
}

/** Agents have answered, and processes were killed while they did. */
function expectTurns({ answers, lostTurns }: Progress) {
  const { whole, failed, timeout, cancelled } = answers;
  expect(whole + failed + timeout + cancelled).toBeGreaterThan(20);
  expect(lostTurns).toBeGreaterThan(0);
}

/** One server on SQLite. */
export function testOnSqlite(subject: ChaosPlan['subject']): void {
  test(
    `every promise of the ${subject} holds through kills, cuts and stalls (seed ${seed})`,
    RUN_LIMIT,
    async () => {
      const plan = shortPlan(seed, subject);
      const progress = await play(plan);
      const { kill: kills, reload: reloads } = plan.amounts;
      expect(progress).toMatchObject({ kills, hearings: kills, reloads });
      // A run in which nothing went wrong would prove nothing.
      const { repeats, lostChunks, deletedChannels } = progress;
      const wentWrong = {
        repeats,
        lostChunks,
        deletedChannels,
        lost: progress.lostConnections - plan.clients.length,
      };
      for (const [what, times] of Object.entries(wentWrong)) expect(times, what).toBeGreaterThan(0);
      if (subject === 'chat') expectTurns(progress);
    },
  );
}

/** Two servers on one PostgreSQL. */
export function testOnPostgres(subject: ChaosPlan['subject']): void {
  test.skipIf(!findPostgres())(
    `[C0] [C1] [C2] two servers on one PostgreSQL keep every promise of the ${subject} while it is killed, stopped and cut off (seed ${seed})`,
    RUN_LIMIT,
    async () => {
      const plan = shortPostgresPlan(seed, subject);
      const progress = await play(plan);
      const { killDatabase, freezeDatabase, stallDatabase, loseCommit } = plan.amounts;
      const { databaseKills, freezes, stalls, lostCommits, terminated } = progress;
      expect([databaseKills, freezes, stalls, lostCommits]).toEqual([
        killDatabase,
        freezeDatabase,
        stallDatabase,
        loseCommit,
      ]);
      expect(terminated).toBeGreaterThan(0);
      if (subject === 'chat') expectTurns(progress);
    },
  );
}

/** Two servers on one PostgreSQL, with members on the deployed wire among the others. */
export function testOnBothWires(): void {
  test.skipIf(!findPostgres())(
    `[ELIZA-1] members on both wires agree on two servers through kills, cuts and stalls (seed ${seed})`,
    RUN_LIMIT,
    async () => {
      const plan = shortMixedPlan(seed);
      const progress = await play(plan);
      const { kills, databaseKills, stalls, lostCommits, lostConnections } = progress;
      const { kill = 0, killDatabase, stallDatabase, loseCommit } = plan.amounts;
      expect([databaseKills, stalls, lostCommits]).toEqual([killDatabase, stallDatabase, loseCommit]);
      expect(kills).toBeGreaterThanOrEqual(kill);
      expect(lostConnections).toBeGreaterThan(plan.clients.length);
    },
  );
}
