import { findPostgres } from '@wirepact/test-postgres';
import { expect, test } from 'vitest';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import { RUN_LIMIT, shortMixedPlan } from './plans';
import { chooseSeed } from './random';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

const seed = chooseSeed();

test.skipIf(!findPostgres())(
  `[ELIZA-1] members on both wires agree on two servers through kills, cuts and stalls (seed ${seed})`,
  RUN_LIMIT,
  async () => {
    const plan = shortMixedPlan(seed);
    const { record, log, progress, durationMs } = await runChaos(plan, await bundleServer());
    console.info(`chaos: mixed ${JSON.stringify(progress)} in ${Math.round(durationMs)} ms, seed ${seed}`);
    const violations = findViolations(record);
    const report = describeViolations(seed, violations, (about) => log.excerpt(about));
    expect(violations, report).toEqual([]);
    const { sends, acknowledged, refused, kills, lostConnections } = progress;
    expect(acknowledged + refused).toBe(sends);
    expect(acknowledged).toBeGreaterThan(plan.sends * 0.9);
    expect(kills).toBeGreaterThanOrEqual(plan.amounts.kill ?? 0);
    expect(lostConnections).toBeGreaterThan(plan.clients.length);
  },
);
