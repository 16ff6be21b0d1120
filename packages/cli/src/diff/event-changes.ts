import { toPointerToken } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument } from '../contract-document';
import { annotationChanges } from './annotation-changes';
import type { Sender } from './compatibility';
import type { ContractChange } from './contract-change';
import { deliveryChanges } from './delivery-changes';
import { limitChanges } from './limit-changes';
import { canReceive } from './proof/can-receive';
import { subjectChanges } from './subject-changes';
import { type Judgement, valueChanges, worstOf } from './value-changes';

/** Directions of events, by their place in a document. */
export type Direction = 'clientToServer' | 'serverToClient';

const REMOVED: Readonly<Record<Direction, string>> = {
  clientToServer: 'Old clients may send it, and the new server answers UNKNOWN_EVENT.',
  serverToClient: 'Old clients wait for it, and the new server does not send it.',
};

const ADDED: Readonly<Record<Direction, string>> = {
  clientToServer:
    'An old server answers UNKNOWN_EVENT; clients that need it ask for the new version when they connect.',
  serverToClient: 'Old clients ignore events they do not know.',
};

/** Why a durable event may not become narrower. */
const KEPT =
  'Rooms keep what was published before, and the new server leaves out what breaks its contract: declare another event.';

const FORGOTTEN = 'What rooms keep of it is no longer told to anybody.';

/** Why a new question of the server asks for a new version. */
const ASKED = 'Old clients answer that they do not know it: what the server asks them fails.';

const ASK = 'clients that need the new version ask for it when they connect';

const PAYLOAD: Readonly<Record<`${Sender}-${'added' | 'removed'}`, Judgement>> = {
  'client-added': ['breaking', 'Old clients send no payload, which the new server refuses.'],
  'client-removed': [
    'feature',
    `The new server ignores what old clients send; an old server needs it: ${ASK}.`,
  ],
  'server-added': ['feature', `Old clients ignore it; an old server does not send it: ${ASK}.`],
  'server-removed': ['breaking', 'Old clients refuse the event without its payload.'],
};

/** Two versions of one event, and of the documents they stand in. */
interface EventPair {
  readonly path: string;
  readonly direction: Direction;
  readonly before: EventDocument;
  readonly after: EventDocument;
  readonly defsBefore: ContractDocument['$defs'];
  readonly defsAfter: ContractDocument['$defs'];
}

const STREAM: Readonly<Record<'added' | 'removed', Judgement>> = {
  added: [
    'breaking',
    'Old clients take the acknowledgement for the whole answer, and never fetch the items.',
  ],
  removed: ['breaking', 'Old clients wait for items, and the new server sends none.'],
};

/** What it means that a server asks for an answer, or does so no longer. */
const ANSWER: Readonly<Record<'added' | 'removed', Judgement>> = {
  added: ['breaking', 'The new server waits for an answer, which old clients do not give.'],
  removed: [
    'feature',
    `Old clients answer without being asked, which is ignored; an old server asks: ${ASK}.`,
  ],
};

function replyJudgement({ before, direction, defsBefore }: EventPair, verb: 'added' | 'removed'): Judgement {
  if (direction === 'serverToClient') return ANSWER[verb];
  if (verb === 'added')
    return ['feature', `Old clients ignore it; an old server answers without it: ${ASK}.`];
  const acceptsNull = canReceive(
    { schema: before.reply ?? true, defs: defsBefore },
    { schema: { const: null }, defs: {} },
  );
  return acceptsNull
    ? ['feature', 'Old clients accept an acknowledgement without data.']
    : ['breaking', 'Old clients refuse an acknowledgement without the data they were promised.'];
}

/** Who sends what: an answer goes the other way than the event. */
const SENDER_OF: Readonly<Record<'payload' | 'reply' | 'stream', Readonly<Record<Direction, Sender>>>> = {
  payload: { clientToServer: 'client', serverToClient: 'server' },
  reply: { clientToServer: 'server', serverToClient: 'client' },
  stream: { clientToServer: 'server', serverToClient: 'client' },
};

function partChanges(
  pair: EventPair,
  part: 'payload' | 'reply' | 'stream',
  sender: Sender = SENDER_OF[part][pair.direction],
): readonly ContractChange[] {
  const { before, after, defsBefore, defsAfter } = pair;
  const path = `${pair.path}/${part}`;
  return valueChanges(
    { path, part, sender, before: before[part], after: after[part], defsBefore, defsAfter },
    (verb) => {
      if (part === 'payload') return PAYLOAD[`${sender}-${verb}`];
      return part === 'reply' ? replyJudgement(pair, verb) : STREAM[verb];
    },
  );
}

/** Changes of a payload; a durable one also comes from journals that were written before, as if an old client sent it. */
function payloadChanges(pair: EventPair): readonly ContractChange[] {
  const sent = partChanges(pair, 'payload');
  if (!pair.before.durable || !pair.after.durable) return sent;
  const refused = partChanges(pair, 'payload', 'client').filter(({ level }) => level === 'breaking');
  return worstOf([...sent, ...refused.map((change) => ({ ...change, reason: KEPT }))]);
}

function errorChanges({ path, before, after }: EventPair): readonly ContractChange[] {
  const changed = (code: string, verb: 'added' | 'removed'): ContractChange => ({
    path: `${path}/errors/${code}`,
    kind: `event-error-${verb}`,
    level: verb === 'added' ? 'feature' : 'patch',
    message: `may ${verb === 'added' ? 'now' : 'no longer'} fail with ${code}`,
    reason:
      verb === 'added'
        ? 'Every error says itself whether to retry, so old clients can deal with a code they do not know.'
        : 'Whoever deals with the code no longer gets it.',
  });
  return [
    ...after.errors.filter((code) => !before.errors.includes(code)).map((code) => changed(code, 'added')),
    ...before.errors.filter((code) => !after.errors.includes(code)).map((code) => changed(code, 'removed')),
  ];
}

const changesOfPair = (pair: EventPair): readonly ContractChange[] => [
  ...annotationChanges(pair.path, pair.before, pair.after),
  ...payloadChanges(pair),
  ...partChanges(pair, 'reply'),
  ...partChanges(pair, 'stream'),
  ...deliveryChanges(pair.path, SENDER_OF.payload[pair.direction], pair.before, pair.after),
  ...errorChanges(pair),
  ...limitChanges(pair.path, SENDER_OF.payload[pair.direction], pair.before, pair.after),
  ...subjectChanges(pair.path, SENDER_OF.payload[pair.direction], pair.before, pair.after),
];

/** Changes of the events of one direction. */
export function eventChanges(
  direction: Direction,
  before: ContractDocument,
  after: ContractDocument,
): readonly ContractChange[] {
  const [defsBefore, defsAfter] = [before.$defs, after.$defs];
  const names = new Set([...Object.keys(before[direction]), ...Object.keys(after[direction])]);
  return [...names].flatMap((name) => {
    const path = `${direction}/${toPointerToken(name)}`;
    const was = Object.hasOwn(before[direction], name) ? before[direction][name] : undefined;
    const is = Object.hasOwn(after[direction], name) ? after[direction][name] : undefined;
    if (was && is) return changesOfPair({ path, direction, before: was, after: is, defsBefore, defsAfter });
    if (was)
      return [
        {
          path,
          kind: 'event-removed',
          level: 'breaking',
          message: 'event removed',
          reason: was.durable ? `${REMOVED[direction]} ${FORGOTTEN}` : REMOVED[direction],
        },
      ];
    const reason = direction === 'serverToClient' && is?.reply ? ASKED : ADDED[direction];
    return [{ path, kind: 'event-added', level: 'feature', message: 'event added', reason }];
  });
}
