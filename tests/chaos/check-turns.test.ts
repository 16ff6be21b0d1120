import { expect, test } from 'vitest';
import { type PlannedAnswer, readAnswer, readQuestion, toAnswer, toQuestion } from './answers';
import { checkTurns } from './check-turns';
import type { KeptMessage, MemberView, RunRecord, Sighting, ToldEnd, TurnRecord } from './run-record';
import { EMPTY_RECORD } from './test-record';

const CHANNEL = 'channel';
const EPOCH = 'epoch';
const at = { channelId: CHANNEL, epoch: EPOCH };

const questionOf = (kind: PlannedAnswer['kind']) =>
  toQuestion('c1-1', { kind, chunks: 12, paceMs: 10, stopper: 1 });

const turn: TurnRecord = {
  ...{ channelId: CHANNEL, messageId: 'answer', question: 'question' },
  ...{ pid: 1, begunAt: 0, isKept: false, isTakenOver: false, isEnded: true },
};

const answer = (
  text: string,
  incomplete?: NonNullable<KeptMessage['answer']>['incomplete'],
): KeptMessage => ({
  ...{ id: 'answer', seq: 2, senderId: 'agent', text },
  answer: { question: 'question', incomplete },
});

/** What is left of a turn: a message of this name was sent, and has these answers. */
const left = (text: string, messages: KeptMessage[], change: Partial<TurnRecord> = {}) => ({
  sends: [
    {
      ...{ sender: 'c1', channelId: CHANNEL, text, isRepeated: false, isSettled: true },
      receipts: [{ id: 'question', epoch: EPOCH, seq: 1 }],
    },
  ],
  turns: [{ ...turn, ...change }],
  store: new Map([[CHANNEL, { epoch: EPOCH, seq: 2, properties: {}, journal: [], messages }]]),
});

const WHOLE = questionOf('whole');

const record = (change: Partial<RunRecord> = {}): RunRecord => ({
  ...EMPTY_RECORD,
  ...left(WHOLE, [answer(toAnswer(WHOLE, 12))]),
  ...change,
});

const rulesOf = (change: Partial<RunRecord>) => checkTurns(record(change)).map(({ rule }) => rule);

const told = (change: Partial<ToldEnd> = {}): ToldEnd => ({
  ...{ client: 'bob', channelId: CHANNEL, question: 'question', name: 'messageComplete', connection: '1' },
  ...change,
});

const saw = (seq: number, message: KeptMessage): Sighting => ({
  ...{ ...at, client: 'bob', seq, event: 'sent', subject: message.text, from: 'event', message },
});

const view = (streaming: string[]): MemberView => ({
  ...{ position: undefined, messages: [], properties: {}, hasOlder: false, unsent: [], streaming },
});

const fails = questionOf('fails');
const hangs = questionOf('hangs');
const stopped = questionOf('stopped');
const half = (question: string) => toAnswer(question, 6);

test.each<[string, Partial<RunRecord>]>([
  ['an answer that is whole', {}],
  ['one that fails when all is said', left(fails, [answer(toAnswer(fails, 12), 'failed')])],
  ['one whose time was up', left(hangs, [answer(half(hangs), 'timeout')])],
  ['one that was stopped', left(stopped, [answer(half(stopped), 'cancelled')])],
  ['one that was stopped too late', left(stopped, [answer(toAnswer(stopped, 12))])],
  ['one whose process is gone', left(WHOLE, [answer(half(WHOLE), 'failed')], { isTakenOver: true })],
  ['one of which nothing was kept in time', left(WHOLE, [], { isTakenOver: true })],
  ['ends of several connections', { toldEnds: [told(), told({ connection: '2' }), told({ client: 'eve' })] }],
  ['two events of one end', { toldEnds: [told({ name: 'messageStreamError' }), told()] }],
])('%s is no violation', (_what, change) => {
  expect(checkTurns(record(change))).toEqual([]);
});

test('an answer that was deleted is missed by nobody', () => {
  const { store, ...rest } = left(WHOLE, []);
  const journal = [{ seq: 3, event: 'deleted', subject: 'answer' } as const];
  const channel = { epoch: EPOCH, seq: 3, properties: {}, messages: [], journal };
  expect(rulesOf({ ...rest, store: new Map([[CHANNEL, channel]]) })).toEqual([]);
  expect(rulesOf({ ...rest, store })).toEqual(['ends as it should']);
});

test.each<[string, string, Partial<RunRecord>]>([
  ['a turn that the store still has', 'every turn ends', { openTurns: 1 }],
  [
    'an answer that somebody still sees as being said',
    'every turn ends',
    { views: new Map([['bob', new Map([[CHANNEL, view([half(WHOLE)])]])]]) },
  ],
  [
    'a message with two answers',
    'one answer a turn',
    left(WHOLE, [answer(toAnswer(WHOLE, 12)), { ...answer(toAnswer(WHOLE, 12)), id: 'other', seq: 3 }]),
  ],
  [
    'a message with another answer that somebody saw',
    'one answer a turn',
    { sightings: [saw(9, { ...answer(half(WHOLE)), id: 'gone' })] },
  ],
  ['an end that is told twice', 'an end is told once', { toldEnds: [told(), told()] }],
  ['a text with a part twice', 'as it was said', left(hangs, [answer(`${half(hangs)} 5`, 'timeout')])],
  [
    'a chunk that does not fit',
    'as it was said',
    { misfits: [{ client: 'bob', channelId: CHANNEL, messageId: 'answer', what: 'a chunk came twice' }] },
  ],
  ['a turn that leaves nothing', 'ends as it should', left(WHOLE, [])],
  [
    'a turn that leaves nothing of what was kept',
    'ends as it should',
    left(WHOLE, [], { isTakenOver: true, isKept: true }),
  ],
  ['an answer that is whole too early', 'ends as it should', left(WHOLE, [answer(half(WHOLE))])],
  ['a failure that nobody is told', 'ends as it should', left(fails, [answer(toAnswer(fails, 12))])],
  ['an answer that nobody asked for', 'ends as it should', left('c1-1', [answer(half(WHOLE))])],
])('%s is a violation', (_what, rule, change) => {
  expect(rulesOf(change)).toContain(rule);
});

test('the name of a message says how it is answered, and an answer to which it is', () => {
  expect(readQuestion(stopped)).toEqual({ kind: 'stopped', chunks: 12, paceMs: 10, stopper: 1 });
  expect(readQuestion('c1-1')).toBeUndefined();
  expect(readAnswer(toAnswer(stopped, 12))).toEqual({ question: stopped, said: 12 });
  expect(readAnswer(`to:${stopped}`)).toEqual({ question: stopped, said: 1 });
  for (const text of [toAnswer(stopped, 13), `${half(stopped)} 7`, half(stopped).slice(0, -1), '', 'to:c1-1'])
    expect(readAnswer(text)).toBeUndefined();
});
