import type { EventDocument } from '../../contract-document';
import type { ChangeKind, ChangeLevel } from '../contract-change';
import type { DocumentRow } from './test-document-row';
import { documentOf, eventOf } from './test-documents';
import { isAccepted } from './test-is-sent';

const $defs = {
  Narrow: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
  Wide: { type: 'object', required: ['id'], properties: { id: { type: 'number' } } },
} as const;
const narrow = { $ref: '#/$defs/Narrow' } as const;
const wide = { $ref: '#/$defs/Wide' } as const;

type Direction = 'clientToServer' | 'serverToClient';
type Parts = Partial<EventDocument>;

const row = (
  direction: Direction,
  [kind, level]: readonly [ChangeKind, ChangeLevel],
  at: string,
  before: Parts,
  after: Parts,
  message: string,
): DocumentRow => ({
  kind,
  level,
  path: `${direction}/it/${at}`,
  before: documentOf({ [direction]: { it: eventOf(before) }, $defs }),
  after: documentOf({ [direction]: { it: eventOf(after) }, $defs }),
  message,
});

/** What is answered, narrowed or widened: the sender's values are refused where they are wider than the receiver's. */
const typeRow = (
  direction: Direction,
  level: ChangeLevel,
  part: 'reply' | 'stream',
  before: Parts,
  after: Parts,
): DocumentRow => ({
  ...row(direction, ['type-changed', level], `${part}/id`, before, after, 'type "'),
  refused: (was, is) => {
    const [old, fresh] = [was[direction].it?.[part], is[direction].it?.[part]];
    const [sender, receiver] = direction === 'clientToServer' ? [fresh, old] : [old, fresh];
    const sent = { id: sender?.$ref === wide.$ref ? 1.5 : 1 };
    return !isAccepted({ schema: receiver ?? true, defs: $defs }, sent);
  },
});

const resume = (payload: string) => ({ stream: narrow, resume: { item: 'id', payload } });

/** Changes of what events are answered with, and of how they are delivered. */
export const ANSWER_ROWS: readonly DocumentRow[] = [
  row('clientToServer', ['stream-added', 'breaking'], 'stream', {}, { stream: narrow }, 'stream added'),
  row('clientToServer', ['stream-removed', 'breaking'], 'stream', { stream: narrow }, {}, 'stream removed'),
  typeRow('clientToServer', 'breaking', 'stream', { stream: narrow }, { stream: wide }),
  typeRow('clientToServer', 'feature', 'stream', { stream: wide }, { stream: narrow }),
  row(
    'clientToServer',
    ['resume-added', 'feature'],
    'resume',
    { stream: narrow },
    resume('after'),
    'resume none -> {"item":"id","payload":"after"}',
  ),
  row(
    'clientToServer',
    ['resume-removed', 'breaking'],
    'resume',
    resume('after'),
    { stream: narrow },
    '-> none',
  ),
  row('clientToServer', ['resume-changed', 'breaking'], 'resume', resume('after'), resume('from'), '"from"'),
  row('clientToServer', ['key-added', 'feature'], 'key', {}, { key: 'a' }, 'key none -> "a"'),
  row('clientToServer', ['key-removed', 'breaking'], 'key', { key: 'a' }, {}, 'key "a" -> none'),
  row('clientToServer', ['key-changed', 'breaking'], 'key', { key: 'a' }, { key: 'b' }, 'key "a" -> "b"'),
  row('serverToClient', ['key-added', 'feature'], 'key', {}, { key: 'a' }, 'key none -> "a"'),
  row('serverToClient', ['key-removed', 'breaking'], 'key', { key: 'a' }, {}, 'key "a" -> none'),
  row('serverToClient', ['key-changed', 'breaking'], 'key', { key: 'a' }, { key: 'b' }, 'key "a" -> "b"'),
  row(
    'serverToClient',
    ['durable-added', 'feature'],
    'durable',
    {},
    { durable: true },
    'durable none -> true',
  ),
  row(
    'serverToClient',
    ['durable-removed', 'breaking'],
    'durable',
    { durable: true },
    {},
    'durable true -> none',
  ),
  row('serverToClient', ['reply-added', 'breaking'], 'reply', {}, { reply: narrow }, 'reply added'),
  row('serverToClient', ['reply-removed', 'feature'], 'reply', { reply: narrow }, {}, 'reply removed'),
  typeRow('serverToClient', 'breaking', 'reply', { reply: wide }, { reply: narrow }),
  typeRow('serverToClient', 'feature', 'reply', { reply: narrow }, { reply: wide }),
];
