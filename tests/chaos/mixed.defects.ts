import { beforeAll, test } from 'vitest';
import { catchDefect, type DefectCase } from './catch-defect';
import { RUN_LIMIT } from './plans';
import { bundleServer } from './server-bundle';

let bundle = '';
beforeAll(async () => {
  bundle = await bundleServer();
});

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
