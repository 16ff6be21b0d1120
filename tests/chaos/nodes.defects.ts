import { findPostgres } from '@wirepact/test-postgres';
import { findRedis } from '@wirepact/test-redis';
import { beforeAll, describe, expect, test } from 'vitest';
import { catchDefect, SEED } from './catch-defect';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import { ON_REDIS, RUN_LIMIT, shortRedisPlan } from './plans';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

let bundle = '';
beforeAll(async () => {
  bundle = await bundleServer();
});

describe.skipIf(!findPostgres() || !findRedis())('three servers on one PostgreSQL, joined by Redis', () => {
  test(
    'one that does not hear the others has members that do not hear, and is caught',
    RUN_LIMIT,
    async () => {
      const plan = { ...ON_REDIS, sends: 60, amounts: { killRedis: 1 }, patienceMs: 5_000 };
      await catchDefect(bundle, ['', 'is-deaf', plan, ['heard without another']]);
    },
  );

  test(
    `every promise of the chat holds while one of them, Redis and the database are killed in turn (seed ${SEED})`,
    RUN_LIMIT,
    async () => {
      const plan = shortRedisPlan(SEED);
      const { record, log, progress, durationMs } = await runChaos(plan, bundle);
      console.info(`chaos: ${JSON.stringify(progress)} in ${Math.round(durationMs)} ms`);
      const violations = findViolations(record);
      expect(
        violations,
        describeViolations(SEED, violations, (about) => log.excerpt(about)),
      ).toEqual([]);
      const { killDatabase, killRedis, kill = 0 } = plan.amounts;
      const { kills, databaseKills, redisKills, sends, acknowledged, refused } = progress;
      expect([databaseKills, redisKills]).toEqual([killDatabase, killRedis]);
      expect(kills).toBeGreaterThanOrEqual(kill);
      expect(acknowledged + refused).toBe(sends);
    },
  );
});
