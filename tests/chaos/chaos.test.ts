import { expect, test } from 'vitest';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import { shortPlan } from './plans';
import { chooseSeed } from './random';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

const seed = chooseSeed();

test(`every promise holds through kills, cuts and stalls (seed ${seed})`, { timeout: 120_000 }, async () => {
  const plan = shortPlan(seed);
  const { record, log, progress, durationMs } = await runChaos(plan, await bundleServer());
  const violations = findViolations(record);
  const report = describeViolations(seed, violations, (about) => log.excerpt(about));
  expect(violations, report).toEqual([]);
  const { kill: kills, reload: reloads } = plan.amounts;
  const { acknowledged, refused } = progress;
  expect(progress).toMatchObject({ sends: plan.sends, kills, reloads });
  expect(acknowledged + refused).toBe(plan.sends);
  expect(acknowledged).toBeGreaterThan(plan.sends * 0.9);
  // A run in which nothing went wrong would prove nothing.
  const { repeats, lostChunks, lostConnections, deletedChannels } = progress;
  const wentWrong = [repeats, lostChunks, deletedChannels, lostConnections - plan.clients.length];
  expect(Math.min(...wentWrong)).toBeGreaterThan(0);
  console.info(`chaos: ${JSON.stringify(progress)} in ${Math.round(durationMs)} ms, seed ${seed}`);
});
