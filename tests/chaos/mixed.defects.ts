import { findPostgres } from '@wirepact/test-postgres';
import { beforeAll, expect, test } from 'vitest';
import { catchDefect, type DefectCase } from './catch-defect';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import { RUN_LIMIT, shortMixedPlan } from './plans';
import { chooseSeed } from './random';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

const seed = chooseSeed();

let bundle = '';
beforeAll(async () => {
  bundle = await bundleServer();
});

test.skipIf(!findPostgres())(
  `[ELIZA-1] members on both wires agree on two servers through kills, cuts and stalls (seed ${seed})`,
  RUN_LIMIT,
  async () => {
    const plan = shortMixedPlan(seed);
    const { record, log, progress, durationMs } = await runChaos(plan, bundle);
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

/** The sender is on the deployed wire, as is whoever is told. */
const DEPLOYED = { clients: ['deployed', 'deployed', 'reference'] } as const;

test.concurrent.each<DefectCase>([
  ['tells a message twice', 'deployed-told-twice', DEPLOYED, ['rising numbers']],
  ['tells a message behind the next one', 'deployed-told-late', DEPLOYED, ['rising numbers']],
  ['does not tell a message', 'deployed-not-told', DEPLOYED, ['no gaps', 'in the store, not in a view']],
  [
    'does not name the message of a receipt',
    'receipts-without-names',
    { ...DEPLOYED, sends: 12, patienceMs: 12_000 },
    ['settles', 'answered in time'],
  ],
  [
    'has no history for who was away',
    'no-history',
    { ...DEPLOYED, window: 1, amounts: { cut: 6 }, patienceMs: 5_000 },
    ['in the store, not in a view'],
  ],
  [
    'does not know a message again that is sent under the same id',
    'no-dedupe',
    { ...DEPLOYED, amounts: { loseAcknowledgements: 6 } },
    ['stored once'],
  ],
])(
  '[F4] a server that %s to members on the deployed wire is caught',
  RUN_LIMIT,
  async (what, fault, plan, rules) => {
    await catchDefect(bundle, [what, fault, plan, rules]);
  },
);
