import { expect, test } from 'vitest';
import { findViolations } from './checker';
import type { MemberView, RunRecord, SendRecord, Sighting, StoredChannel } from './run-record';
import { EMPTY_RECORD } from './test-record';

const CHANNEL = 'channel';
const AT_END = { epoch: 'epoch', seq: 3 };

const kept = (seq: number) => ({ id: `id-${seq}`, seq, senderId: 'ada', text: `text-${seq}` });
/** As a member on the deployed wire has it. */
const shown = (seq: number) => ({ ...kept(seq), seq: 0 });

const STORED: StoredChannel = {
  ...{ ...AT_END, properties: {}, messages: [kept(1), kept(2), kept(3)] },
  journal: [1, 2, 3].map((seq) => ({ seq, event: 'sent', subject: `text-${seq}`, message: kept(seq) })),
};

const sent = (seq: number, change: Partial<SendRecord> = {}): SendRecord => ({
  ...{ sender: 'ada', channelId: CHANNEL, text: `text-${seq}`, isRepeated: false, isSettled: true },
  receipts: [{ id: `id-${seq}`, epoch: '', seq: 0 }],
  ...change,
});

const heard = (seq: number, stay = 'first'): Sighting => ({
  ...{ client: 'ada', channelId: CHANNEL, epoch: stay, seq: 0, event: 'sent', from: 'event' },
  ...{ subject: `text-${seq}`, message: shown(seq) },
});

const view = (...seqs: number[]): RunRecord['views'] => {
  const nothing = { position: undefined, properties: {}, hasOlder: false, unsent: [], streaming: [] };
  const ada: MemberView = { ...nothing, messages: seqs.map(shown) };
  return new Map([['ada', new Map([[CHANNEL, ada]])]]);
};

/** Three messages of a member on the deployed wire, who is told no numbers. */
const rulesOf = (change: Partial<RunRecord> = {}) => {
  const record: RunRecord = {
    ...EMPTY_RECORD,
    deployed: new Set(['ada']),
    sends: [sent(1), sent(2), sent(3)],
    sightings: [heard(1), heard(2), heard(3)],
    ...{ views: view(1, 2, 3), store: new Map([[CHANNEL, STORED]]) },
    ...change,
  };
  return [...new Set(findViolations(record).map(({ rule }) => rule))];
};

const lost: SendRecord = sent(9, { receipts: [], failure: 'DISCONNECTED' });
const unknown = sent(4, { receipts: [{ id: 'id-4', epoch: '', seq: 0 }] });

/** The second event was a clear, and a member on the document's wire came after it. */
const CLEARED: Partial<RunRecord> = {
  sends: [sent(1), sent(3)],
  sightings: [
    {
      client: 'bob',
      channelId: CHANNEL,
      epoch: 'epoch',
      seq: 2,
      event: 'cleared',
      subject: '',
      from: 'event',
    },
    heard(3),
  ],
  store: new Map([[CHANNEL, { ...STORED, messages: [kept(3)], journal: STORED.journal.slice(2) }]]),
  views: view(3),
};

const clearedFor = (client: string, epoch: string, seq: number): Sighting => ({
  ...{ client, channelId: CHANNEL, epoch, seq, event: 'cleared', subject: '', from: 'event' },
});

/** The second and the fourth event were clears; Bob was told their numbers, and Ada of the first one. */
const CLEARED_TWICE: Partial<RunRecord> = {
  sends: [sent(1), sent(3)],
  sightings: [
    { ...heard(1), client: 'bob', epoch: 'epoch', seq: 1 },
    clearedFor('bob', 'epoch', 2),
    { ...heard(3), client: 'bob', epoch: 'epoch', seq: 3 },
    clearedFor('bob', 'epoch', 4),
    ...[heard(1), clearedFor('ada', 'first', 0), heard(3)],
  ],
  store: new Map([
    [
      CHANNEL,
      {
        ...{ epoch: 'epoch', seq: 4, properties: {}, messages: [] },
        journal: [{ seq: 4, event: 'cleared', subject: '' }],
      },
    ],
  ]),
  views: view(),
};

test.each<[string, Partial<RunRecord>]>([
  ['what is told by ids alone', {}],
  ['a message after one of two clears', CLEARED_TWICE],
  ['a message lost with its connection', { sends: [sent(1), sent(2), sent(3), lost] }],
  ['a message missed between two stays', { sightings: [heard(1), heard(3, 'second')] }],
  ['a message told again in another stay', { sightings: [heard(1), heard(2), heard(2, 'second')] }],
  [
    'a receipt of a message that is gone with its channel',
    {
      sends: [sent(1), sent(2), sent(3), unknown],
      deletions: [{ client: 'bob', channelId: CHANNEL, outcome: 'done' }],
    },
  ],
  [
    'a repeat behind the next message, of one that is gone with its channel',
    {
      sends: [sent(2, { receipts: [...unknown.receipts, ...sent(2).receipts] }), sent(1), sent(3)],
      deletions: [{ client: 'bob', channelId: CHANNEL, outcome: 'done' }],
    },
  ],
  ['a message that is gone with a clear, and that nobody was told the number of', CLEARED],
])('%s breaks no promise', (_what, change) => {
  expect(rulesOf(change)).toEqual([]);
});

test.each<[string, string, Partial<RunRecord>]>([
  [
    'a receipt of a message that nobody knows',
    'acknowledged is stored',
    { sends: [sent(1), sent(2), sent(3), unknown] },
  ],
  ['a message behind the next one', 'order of the sender', { sends: [sent(2), sent(1), sent(3)] }],
  ['a message told twice in a stay', 'rising numbers', { sightings: [heard(1), heard(1)] }],
  ['a message told late in a stay', 'rising numbers', { sightings: [heard(2), heard(1)] }],
  ['a number before a clear that nobody has a message for', 'no gaps', { ...CLEARED, sends: [sent(3)] }],
  ['a message left out in a stay', 'no gaps', { sightings: [heard(1), heard(3)] }],
  [
    'another receipt of a repeat',
    'one receipt',
    { sends: [sent(1, { receipts: [...sent(1).receipts, ...sent(2).receipts] }), sent(2), sent(3)] },
  ],
  ['a message that is not shown', 'in the store, not in a view', { views: view(1, 3) }],
  ['a message that is shown and not there', 'in a view, not in the store', { views: view(1, 2, 3, 4) }],
  ['another order', 'view is as the store', { views: view(2, 1, 3) }],
  ['a message of others that is lost', 'every message is taken', { deployed: new Set(), sends: [lost] }],
])('%s is a violation', (_what, rule, change) => {
  expect(rulesOf(change)).toContain(rule);
});
