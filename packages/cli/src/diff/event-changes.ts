import { toPointerToken } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument } from '../contract-document';
import { annotationChanges } from './annotation-changes';
import type { Sender } from './compatibility';
import type { ChangeKind, ChangeLevel, ContractChange } from './contract-change';
import { limitChanges } from './limit-changes';
import { canReceive } from './proof/can-receive';
import { schemaChanges } from './schema-changes';
import { subjectChanges } from './subject-changes';

/** Directions of events, by their place in a document. */
export type Direction = 'clientToServer' | 'serverToClient';

const senderOf = (direction: Direction): Sender => (direction === 'clientToServer' ? 'client' : 'server');

const REMOVED: Readonly<Record<Direction, string>> = {
  clientToServer: 'Old clients may send it, and the new server answers UNKNOWN_EVENT.',
  serverToClient: 'Old clients wait for it, and the new server does not send it.',
};

const ADDED: Readonly<Record<Direction, string>> = {
  clientToServer:
    'An old server answers UNKNOWN_EVENT; clients that need it ask for the new version when they connect.',
  serverToClient: 'Old clients ignore events they do not know.',
};

type Judgement = readonly [level: ChangeLevel, reason: string];

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

function replyJudgement({ before, defsBefore }: EventPair, verb: 'added' | 'removed'): Judgement {
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

function valueChanges(pair: EventPair, part: 'payload' | 'reply'): readonly ContractChange[] {
  const [before, after] = [pair.before[part], pair.after[part]];
  const path = `${pair.path}/${part}`;
  const sender = part === 'reply' ? 'server' : senderOf(pair.direction);
  if (before && after)
    return schemaChanges(path, {
      before: { schema: before, defs: pair.defsBefore },
      after: { schema: after, defs: pair.defsAfter },
      sender,
    });
  if (!before && !after) return [];
  const verb = before ? 'removed' : 'added';
  const [level, reason] = part === 'reply' ? replyJudgement(pair, verb) : PAYLOAD[`${sender}-${verb}`];
  const kind: ChangeKind = `${part}-${verb}`;
  return [{ path, kind, level, message: `${part} ${verb}`, reason, before, after }];
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
  ...valueChanges(pair, 'payload'),
  ...valueChanges(pair, 'reply'),
  ...errorChanges(pair),
  ...limitChanges(pair.path, senderOf(pair.direction), pair.before, pair.after),
  ...subjectChanges(pair.path, senderOf(pair.direction), pair.before, pair.after),
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
    const change: ContractChange = was
      ? {
          path,
          kind: 'event-removed',
          level: 'breaking',
          message: 'event removed',
          reason: REMOVED[direction],
        }
      : { path, kind: 'event-added', level: 'feature', message: 'event added', reason: ADDED[direction] };
    return [change];
  });
}
