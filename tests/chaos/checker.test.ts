import { describe, expect, test } from 'vitest';
import { findViolations } from './checker';
import type {
  Deletion,
  JournalRecord,
  MemberView,
  RunRecord,
  SendRecord,
  Sighting,
  StoredChannel,
} from './run-record';
import { EMPTY_RECORD } from './test-record';

const CHANNEL = 'channel';
const EPOCH = 'epoch';

const kept = (seq: number, senderId = 'ada') => ({ id: `id-${seq}`, seq, senderId, text: `text-${seq}` });

const sent = (seq: number, change: Partial<SendRecord> = {}): SendRecord => ({
  ...{ sender: 'ada', channelId: CHANNEL, text: `text-${seq}`, isRepeated: false, isSettled: true },
  receipts: [{ id: `id-${seq}`, epoch: EPOCH, seq }],
  ...change,
});

const saw = (client: string, seq: number, subject = `text-${seq}`): Sighting => ({
  ...{ client, channelId: CHANNEL, epoch: EPOCH, seq, subject, event: 'sent', from: 'event' },
});

const stored = (change: Partial<StoredChannel> = {}): StoredChannel => ({
  ...{ epoch: EPOCH, seq: 4, properties: {}, messages: [kept(1), kept(3)] },
  journal: [
    { seq: 1, event: 'sent', subject: 'text-1', message: kept(1) },
    { seq: 3, event: 'sent', subject: 'text-3', message: kept(3) },
    { seq: 4, event: 'deleted', subject: 'id-2' },
  ],
  ...change,
});

const view = (change: Partial<MemberView> = {}): MemberView => ({
  ...{
    position: { epoch: EPOCH, seq: 4 },
    messages: [kept(1), kept(3)],
    properties: {},
    hasOlder: false,
    unsent: [],
    streaming: [],
  },
  ...change,
});

const inStore = (change: Partial<StoredChannel>) => ({ store: new Map([[CHANNEL, stored(change)]]) });
const inView = (change: Partial<MemberView>) => ({
  views: new Map([['bob', new Map([[CHANNEL, view(change)]])]]),
});

/** Three messages, the second of which was deleted; one member. */
const record = (change: Partial<RunRecord> = {}): RunRecord => ({
  ...EMPTY_RECORD,
  sends: [sent(1), sent(2), sent(3)],
  sightings: [saw('bob', 1), saw('bob', 2), saw('bob', 3)],
  ...inStore({}),
  ...inView({}),
  ...change,
});

const rulesOf = (change: Partial<RunRecord>) => [
  ...new Set(findViolations(record(change)).map(({ rule }) => rule)),
];

test('a run that kept every promise has no violations', () => {
  expect(findViolations(record())).toEqual([]);
});

const moved = { id: 'id-3', epoch: EPOCH, seq: 9 };
const again = { ...kept(3), seq: 4, id: 'id-4' };

const deletion = (outcome: Deletion['outcome'] = 'done') => ({ client: 'bob', channelId: CHANNEL, outcome });
const ended = (seq: number, epoch = EPOCH): Sighting => ({
  ...saw('bob', seq, ''),
  ...{ event: 'ended', epoch },
});
/** The answer to the deletion of an earlier life. */
const told = (seq: number): Sighting => ({ ...ended(seq, 'before'), client: 'ada', from: 'receipt' });
const refused: SendRecord = { ...sent(9), receipts: [], failure: 'CHANNEL_NOT_FOUND' };
const before: Sighting = { ...saw('bob', 1), epoch: 'before' };
const twoEnds = {
  sightings: [...record().sightings, before, { ...before, epoch: 'long before' }],
  deletions: [deletion('unknown')],
};

test.each<[string, Partial<RunRecord>]>([
  [
    'a number left out on a connection whose message was deleted',
    {
      holes: [{ client: 'bob', channelId: CHANNEL, epoch: EPOCH, expected: 2, got: 3 }],
      sightings: [...record().sightings, { ...saw('bob', 4, 'id-2'), event: 'deleted' }],
    },
  ],
  [
    'a life that ended as asked',
    { sightings: [...record().sightings, before, ended(2, 'before')], deletions: [deletion()] },
  ],
  [
    'a life that ended without an answer to the deletion',
    { sightings: [...record().sightings, before], deletions: [deletion('unknown')] },
  ],
  [
    'an end that two processes found without an answer, one of which knew less',
    {
      sightings: [
        ...record().sightings,
        { ...before, client: 'eve', seq: 4 },
        ended(4, 'before'),
        { ...ended(5, 'before'), client: 'eve' },
      ],
      deletions: [deletion('unknown')],
    },
  ],
  [
    'a message refused by a channel that was deleted',
    { sends: [...record().sends, refused], deletions: [deletion('unknown')] },
  ],
  [
    'a message that is sent again in the next life',
    {
      ...{ sightings: [...record().sightings, before], deletions: [deletion('unknown')] },
      sends: [sent(1), sent(2), sent(3, { receipts: [...sent(3).receipts, { ...moved, epoch: 'before' }] })],
    },
  ],
])('%s is no violation', (_what, change) => {
  expect(findViolations(record(change))).toEqual([]);
});

/** The message that was deleted still in it. */
const journalWithAll: JournalRecord[] = [
  ...stored().journal,
  { seq: 2, event: 'sent', subject: 'text-2', message: kept(2) },
];

describe('a violation is', () => {
  test.each<[string, string, Partial<RunRecord>]>([
    ['a send that never settles', 'settles', { sends: [sent(1), sent(2), sent(3, { isSettled: false })] }],
    ['a member that never arrives', 'settles', { overdue: ['somebody is missing'] }],
    [
      'a server that ends by itself',
      'no server ends by itself',
      { crashes: [{ server: 'server 1', how: 'it ended with 1' }] },
    ],
    [
      'a request without an answer',
      'answered in time',
      {
        unanswered: [{ client: 'bob', event: 'send_message', channelId: CHANNEL, afterMs: 10_000 }],
      },
    ],
    [
      'a member that does not hear until something else happens',
      'heard without another',
      {
        unheard: [
          {
            ...{ client: 'bob', channelId: CHANNEL, after: 'loseCommit' },
            ...{ position: { epoch: EPOCH, seq: 3 }, head: { epoch: EPOCH, seq: 4 } },
          },
        ],
      },
    ],
    [
      'a repeat with another receipt',
      'one receipt',
      { sends: [sent(1), sent(2), sent(3, { receipts: [...sent(3).receipts, moved] })] },
    ],
    [
      'an acknowledged message that is gone without a deletion',
      'acknowledged is stored',
      inStore({ messages: [kept(1)] }),
    ],
    [
      'an acknowledged message that is stored under another number',
      'acknowledged is stored',
      { sends: [sent(1), sent(2), sent(3, { receipts: [moved] })] },
    ],
    [
      'another epoch where nobody deleted the channel',
      'another life by deletion only',
      inStore({ epoch: 'another' }),
    ],
    ['two ends of which one was asked for', 'another life by deletion only', twoEnds],
    [
      'an end that was answered and has another number for somebody',
      'one event per number',
      { sightings: [saw('bob', 1), saw('bob', 2), { ...before, seq: 4 }, told(5), ended(4, 'before')] },
    ],
    ['a channel that goes on after its end', 'deleted stays deleted', { sightings: [ended(4)] }],
    ['a number behind the end', 'deleted stays deleted', { sightings: [saw('bob', 5), ended(4)] }],
    [
      'a message refused by a channel that is there',
      'every message is taken',
      { sends: [sent(1), sent(2), sent(3), refused] },
    ],
    [
      'a message given up without a reason',
      'every message is taken',
      { sends: [sent(1), sent(2), sent(3), { ...refused, failure: 'TIMEOUT' }], deletions: [deletion()] },
    ],
    [
      'a message that has two numbers in a life that is over',
      'stored once',
      { sightings: [saw('bob', 1), saw('eve', 2, 'text-1')] },
    ],
    ['a message stored twice', 'stored once', inStore({ messages: [kept(1), kept(3), again] })],
    ['a message nobody sent', 'stored was sent', { sends: [sent(1), sent(2)] }],
    [
      'a message that overtakes its sender’s one before',
      'order of the sender',
      { sends: [sent(2), sent(1), sent(3)] },
    ],
    [
      'a number that is another event for another member',
      'one event per number',
      { sightings: [...record().sightings, saw('eve', 2, 'text-9')] },
    ],
    ['a number that comes twice', 'rising numbers', { sightings: [saw('bob', 2), saw('bob', 2)] }],
    ['a number that comes late', 'rising numbers', { sightings: [saw('bob', 2), saw('bob', 1)] }],
    ['a number that stands for nothing', 'no gaps', { sightings: [saw('bob', 1), saw('bob', 3)] }],
    [
      'a number left out on a connection',
      'no gaps',
      { holes: [{ client: 'bob', channelId: CHANNEL, epoch: EPOCH, expected: 3, got: 4 }] },
    ],
    [
      'a number left out on a connection, of a message that was deleted and is still told',
      'no gaps',
      {
        holes: [{ client: 'bob', channelId: CHANNEL, epoch: EPOCH, expected: 2, got: 3 }],
        sightings: [...record().sightings, { ...saw('bob', 4, 'id-2'), event: 'deleted' }],
        ...inStore({
          journal: journalWithAll,
        }),
      },
    ],
    [
      'a journal that tells another story',
      'store agrees with its journal',
      inStore({ properties: { name: 'x' } }),
    ],
    [
      'a message only a view has',
      'in a view, not in the store',
      inView({ messages: [kept(1), kept(2), kept(3)] }),
    ],
    ['a message only the store has', 'in the store, not in a view', inView({ messages: [kept(1)] })],
    ['a view in another order', 'view is as the store', inView({ messages: [kept(3), kept(1)] })],
    [
      'a view with a message twice',
      'view is as the store',
      inView({ messages: [kept(1), kept(3), kept(3)] }),
    ],
    ['a view that stands behind', 'view is as the store', inView({ position: { epoch: EPOCH, seq: 3 } })],
    ['a view with other properties', 'view is as the store', inView({ properties: { name: 'x' } })],
    ['a view that still shows a send under way', 'view is as the store', inView({ unsent: ['text-3'] })],
  ])('%s', (_what, rule, change) => {
    expect(rulesOf(change)).toContain(rule);
  });
});
