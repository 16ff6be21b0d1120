import type { Room } from '@wirepact/contract';
import type { EventDocument } from '../../contract-document';
import type { ChangeKind, ChangeLevel } from '../contract-change';
import type { DocumentRow } from './test-document-row';
import { documentOf, eventOf } from './test-documents';

type Direction = 'clientToServer' | 'serverToClient';

const row = (
  direction: Direction,
  [kind, level]: readonly [ChangeKind, ChangeLevel],
  before: Partial<EventDocument>,
  after: Partial<EventDocument>,
): DocumentRow => {
  const [part = ''] = kind.split('-');
  return {
    kind,
    level,
    path: `${direction}/it/${part}`,
    before: documentOf({ [direction]: { it: eventOf(before) } }),
    after: documentOf({ [direction]: { it: eventOf(after) } }),
    message: `${part} `,
  };
};

const room = (property: string, fallback?: string, name = 'channel'): { readonly room: Room } => ({
  room: { name, property, ...(fallback !== undefined && { fallback }) },
});

/** Changes of what an event is about, and of who acts. */
export const SUBJECT_ROWS: readonly DocumentRow[] = [
  row('clientToServer', ['room-added', 'feature'], {}, room('a')),
  row('clientToServer', ['room-removed', 'feature'], room('a'), {}),
  row('clientToServer', ['room-changed', 'breaking'], room('a'), room('b')),
  row('clientToServer', ['room-changed', 'breaking'], room('a'), room('b', 'a')),
  row('clientToServer', ['room-changed', 'breaking'], room('a', 'b'), room('a')),
  row('clientToServer', ['room-changed', 'feature'], room('a'), room('a', 'b')),
  row('clientToServer', ['room-changed', 'feature'], room('a'), room('a', undefined, 'board')),
  row('serverToClient', ['room-added', 'breaking'], {}, room('a')),
  row('serverToClient', ['room-removed', 'breaking'], room('a'), {}),
  row('serverToClient', ['room-changed', 'breaking'], room('a'), room('a', undefined, 'board')),
  row('serverToClient', ['room-changed', 'feature'], room('a'), room('b')),
  row('serverToClient', ['room-changed', 'feature'], room('a'), room('a', 'b')),
  row('clientToServer', ['actor-added', 'feature'], {}, { actor: 'a' }),
  row('clientToServer', ['actor-removed', 'feature'], { actor: 'a' }, {}),
  row('clientToServer', ['actor-changed', 'breaking'], { actor: 'a' }, { actor: 'b' }),
];
