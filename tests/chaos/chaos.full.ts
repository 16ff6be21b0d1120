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
  expect(progress).toMatchObject({ sends: plan.sends, acknowledged: plan.sends, kills: plan.amounts.kill });
});
