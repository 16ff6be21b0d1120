import { findPostgres } from '@wirepact/test-postgres';
import { beforeAll, describe, expect, test } from 'vitest';
import { catchDefect, type DefectCase, SEED } from './catch-defect';
import { runChaos } from './chaos-run';
import { findViolations } from './checker';
import { defectivePlan, ON_POSTGRES, RUN_LIMIT } from './plans';
import { bundleServer } from './server-bundle';
import { describeViolations } from './violation';

let bundle = '';
beforeAll(async () => {
  bundle = await bundleServer();
});

/** One send of each client at a time: whoever has started some has had the receipts of those before. */
const ONE_BY_ONE = { window: 1 };

test.each<DefectCase>([
  [
    'acknowledges a message before it is stored loses it when killed',
    'acknowledge-before-commit',
    { ...ONE_BY_ONE, amounts: { kill: 1 } },
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
    { ...ONE_BY_ONE, amounts: { outage: 2 } },
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
  ['ends by an error of its own is not up', 'ends-by-itself', { sends: 60 }, ['no server ends by itself']],
  ['never answers a message keeps its sender waiting', 'never-answers', {}, ['answered in time']],
])('[F4] a server that %s, and is caught', RUN_LIMIT, async (...defect) => {
  const report = await catchDefect(bundle, defect);
  expect(report).toContain(`WIREPACT_CHAOS_SEED=${SEED}`);
});

const BOARD = { subject: 'board' } as const;

test.each<DefectCase>([
  [
    'publishes an event before it is kept loses it when killed',
    'publish-before-commit',
    { ...ONE_BY_ONE, amounts: { kill: 1 } },
    ['acknowledged is stored'],
  ],
  [
    'forgets keys keeps a repeated event twice',
    'no-dedupe',
    { repeated: 0.3 },
    ['stored once', 'one receipt'],
  ],
  [
    'forgets keys keeps an event twice whose answer was lost',
    'no-dedupe',
    { clients: ['sdk', 'sdk', 'reference'], amounts: { loseAcknowledgements: 6 } },
    ['stored once'],
  ],
  [
    'says that all was recovered and leaves an event out has members without it',
    'replay-skips-one',
    { ...ONE_BY_ONE, clients: ['sdk', 'reference', 'sdk'], amounts: { outage: 2 } },
    ['in the store, not in a view'],
  ],
])('[F4] a server of the board that %s, and is caught', RUN_LIMIT, async (what, fault, plan, rules) => {
  await catchDefect(bundle, [what, fault, { ...BOARD, ...plan }, rules]);
});

describe.skipIf(!findPostgres())('two servers on one PostgreSQL', () => {
  test.each<DefectCase>([
    [
      'does not hear of the other one has members of a board that do not hear',
      'is-deaf',
      { ...BOARD, sends: 60, amounts: { terminateBackends: 1 }, patienceMs: 5_000 },
      ['heard without another'],
    ],
    [
      'does not hear of the other one has members that do not hear',
      'is-deaf',
      { sends: 60, amounts: { terminateBackends: 1 }, patienceMs: 5_000 },
      ['heard without another'],
    ],
    [
      'counts alone has numbers that are two events',
      'counts-alone',
      {},
      ['one event per number', 'acknowledged is stored'],
    ],
    [
      'does not know a message again whose commit was not answered stores it twice',
      'no-dedupe',
      { amounts: { loseCommit: 4 } },
      ['stored once'],
    ],
  ])('[F4] a server that %s, and is caught', RUN_LIMIT, async (what, fault, plan, rules) => {
    await catchDefect(bundle, [what, fault, { ...ON_POSTGRES, ...plan }, rules]);
  });
});

test('a violation is reported with its client and its channel', RUN_LIMIT, async () => {
  const report = await catchDefect(bundle, ['', 'no-dedupe', { repeated: 0.3, sends: 30 }, ['stored once']]);
  expect(report).toMatch(/client c\d, channel [0-9a-f-]{36}: /);
});

test.each(['chat', 'board'] as const)(
  'clients of the %s that are told they missed too much load the history and have all of it',
  RUN_LIMIT,
  async (subject) => {
    const clients = ['sdk', 'reference', 'sdk', 'reference'] as const;
    const amounts = { kill: 1, outage: 6, delete: 6, clear: 1, update: 20 };
    const plan = defectivePlan(SEED, 'short-memory', {
      subject,
      clients,
      amounts,
      sends: 400,
      repeated: 0.1,
    });
    const { record, log, progress } = await runChaos(plan, bundle);
    const violations = findViolations(record);
    expect(
      violations,
      describeViolations(SEED, violations, (about) => log.excerpt(about)),
    ).toEqual([]);
    expect(progress.defects, 'replays that were refused').toBeGreaterThan(0);
    expect(log.excerpt({ word: 'false' }).length, 'joins that recovered nothing').toBeGreaterThan(0);
  },
);

test.each(['chat', 'board'] as const)(
  'the same small run of the %s without a defect breaks no promise',
  RUN_LIMIT,
  async (subject) => {
    const amounts = { kill: 2, outage: 4, delete: 3 };
    const plan = defectivePlan(SEED, '', { subject, amounts, repeated: 0.3, answered: 0.3 });
    const { record, log } = await runChaos(plan, bundle);
    const violations = findViolations(record);
    expect(
      violations,
      describeViolations(SEED, violations, (about) => log.excerpt(about)),
    ).toEqual([]);
  },
);
