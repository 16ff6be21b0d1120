import { beforeAll, expect, test } from 'vitest';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import type { Fault } from './faults';
import type { ChaosPlan } from './plan';
import { defectivePlan } from './plans';
import { bundleServer } from './server-bundle';
import { describeViolations, type Violation } from './violation';

const SEED = 7;

let bundle = '';
beforeAll(async () => {
  bundle = await bundleServer();
}, 60_000);

test.each<[string, Fault, Partial<ChaosPlan>, Violation['rule'][]]>([
  [
    'acknowledges a message before it is stored loses it when killed',
    'acknowledge-before-commit',
    { amounts: { kill: 2 } },
    ['acknowledged is stored'],
  ],
  [
    'does not know a repeated message again stores it twice',
    'no-dedupe',
    { repeated: 0.3 },
    ['stored once', 'one receipt'],
  ],
  [
    'does not know a message again whose acknowledgement was lost stores it twice',
    'no-dedupe',
    { amounts: { loseAcknowledgements: 6 } },
    ['stored once'],
  ],
  [
    'leaves a message out of a replay has members without it',
    'replay-skips-one',
    { amounts: { outage: 4 } },
    ['in the store, not in a view'],
  ],
  [
    'tells of a deletion that it does not keep has members without the message',
    'deletion-not-kept',
    { amounts: { delete: 3 } },
    ['in the store, not in a view', 'one event per number'],
  ],
  [
    'does not know the message of a reloaded page again stores it twice',
    'no-dedupe',
    { clients: ['sdk', 'sdk'], amounts: { reload: 12 } },
    ['stored once'],
  ],
  [
    'clears a channel that it was to delete goes on with the old epoch',
    'deletion-keeps-epoch',
    { amounts: { deleteChannel: 1 } },
    ['deleted stays deleted'],
  ],
])('a server that %s, and is caught', { timeout: 60_000 }, async (_what, fault, plan, rules) => {
  const { record, log } = await runChaos(defectivePlan(SEED, fault, plan), bundle);
  const violations = findViolations(record);
  const found = violations.map(({ rule }) => rule);
  expect(found).toEqual(expect.arrayContaining(rules));
  const report = describeViolations(SEED, violations, (about) => log.excerpt(about));
  expect(report).toContain(`WIREPACT_CHAOS_SEED=${SEED}`);
  expect(report).toMatch(/client c\d, channel [0-9a-f-]{36}: /);
});

test('clients that are told they missed too much load the history and have all of it', {
  timeout: 60_000,
}, async () => {
  const clients = ['sdk', 'reference', 'sdk', 'reference'] as const;
  const amounts = { kill: 1, outage: 6, delete: 6, clear: 1, update: 20 };
  const plan = defectivePlan(SEED, 'short-memory', {
    clients,
    amounts,
    sends: 400,
    repeated: 0.1,
    patienceMs: 15_000,
  });
  const { record, log } = await runChaos(plan, bundle);
  const violations = findViolations(record);
  expect(
    violations,
    describeViolations(SEED, violations, (about) => log.excerpt(about)),
  ).toEqual([]);
  expect(log.excerpt({ word: 'false' }).length, 'joins that recovered nothing').toBeGreaterThan(0);
});

test('the same small run without a defect breaks no promise', { timeout: 60_000 }, async () => {
  const amounts = { kill: 2, outage: 4, delete: 3 };
  const plan = { ...defectivePlan(SEED, '', { amounts, repeated: 0.3 }), patienceMs: 15_000 };
  const { record, log } = await runChaos(plan, bundle);
  const violations = findViolations(record);
  expect(
    violations,
    describeViolations(SEED, violations, (about) => log.excerpt(about)),
  ).toEqual([]);
});
