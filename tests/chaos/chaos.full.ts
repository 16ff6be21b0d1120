import { expect, test } from 'vitest';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import { fullPlan } from './plans';
import { chooseSeed } from './random';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

const PROGRESS_INTERVAL_MS = 2_000;
const seed = chooseSeed();

test(`the full run keeps every promise (seed ${seed})`, { timeout: 900_000 }, async () => {
  const plan = fullPlan(seed);
  let timer: NodeJS.Timeout | undefined;
  const run = runChaos(plan, await bundleServer(), (progress) => {
    timer = setInterval(
      () => console.info(`seed ${seed}: ${JSON.stringify(progress())}`),
      PROGRESS_INTERVAL_MS,
    );
  });
  const { record, log, progress, durationMs } = await run.finally(() => clearInterval(timer));
  console.info(`seed ${seed}: ${JSON.stringify(progress)} in ${Math.round(durationMs / 1_000)} s`);
  const violations = findViolations(record);
  expect(
    violations,
    describeViolations(seed, violations, (about) => log.excerpt(about)),
  ).toEqual([]);
  const { kill: kills } = plan.amounts;
  const { acknowledged, refused, longestReplay, mostPages, longestBacklog } = progress;
  expect(progress).toMatchObject({ sends: plan.sends, kills });
  expect(acknowledged + refused).toBe(plan.sends);
  expect(acknowledged).toBeGreaterThan(plan.sends * 0.97);
  // What is rare was there: much that was missed, over several pages, and a peer that did not read.
  expect(longestReplay).toBeGreaterThan(500);
  expect(mostPages).toBeGreaterThan(1);
  expect(longestBacklog).toBeGreaterThan(500_000);
  expect(Math.min(progress.reloads, progress.deletedChannels, progress.cutUpgrades)).toBeGreaterThan(1);
});
