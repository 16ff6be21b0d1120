import type { Room } from '@wirepact/contract/runtime';
import type { EventDocument } from '../contract-document';
import type { Sender } from './compatibility';
import type { ChangeKind, ContractChange } from './contract-change';
import type { Judgement } from './value-changes';
import { shownChange } from './value-phrases';

const same = (one: Room | undefined, other: Room | undefined) =>
  one?.name === other?.name && one?.property === other?.property && one?.fallback === other?.fallback;

const verbOf = (before: unknown, after: unknown) =>
  before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';

/** What a new room means for an event that clients send: what they may do is judged by it. */
function requestJudgement(before: Room | undefined, after: Room | undefined): Judgement {
  if (!before)
    return ['feature', 'Who may send it can depend on the room now; old clients that may not get FORBIDDEN.'];
  if (!after)
    return ['feature', 'Who may send it no longer depends on the room: look whether everybody may now.'];
  const isRead = (name: string | undefined) =>
    name === undefined || name === after.fallback || name === after.property;
  if (before.property !== after.property || !isRead(before.fallback))
    return ['breaking', 'Old clients name the room in a property that the new server does not look at.'];
  return ['feature', 'What old clients name the room by is still looked at.'];
}

/** What a new room means for an event that servers send: it goes to those in the room. */
function broadcastJudgement(before: Room | undefined, after: Room | undefined): Judgement {
  if (before?.name !== after?.name)
    return ['breaking', 'It goes to others than before: old clients may wait for it and not get it.'];
  return ['feature', 'It goes to the same room; only where its payload names the room has changed.'];
}

function roomChanges(
  path: string,
  sender: Sender,
  before: Room | undefined,
  after: Room | undefined,
): readonly ContractChange[] {
  if (same(before, after)) return [];
  const [level, reason] = (sender === 'client' ? requestJudgement : broadcastJudgement)(before, after);
  const kind: ChangeKind = `room-${verbOf(before, after)}`;
  const message = shownChange('room', before, after);
  return [{ path: `${path}/room`, kind, level, message, reason, before, after }];
}

const ACTOR: Readonly<Record<ReturnType<typeof verbOf>, Judgement>> = {
  added: [
    'feature',
    'Old clients send the same as before; those that name somebody else there get FORBIDDEN.',
  ],
  removed: [
    'feature',
    'Nobody is held to be who the payload says any more: look whether the server needs it.',
  ],
  changed: ['breaking', 'Old clients say who acts in a property that the new server does not look at.'],
};

function actorChanges(
  path: string,
  before: string | undefined,
  after: string | undefined,
): readonly ContractChange[] {
  if (before === after) return [];
  const verb = verbOf(before, after);
  const [level, reason] = ACTOR[verb];
  const message = shownChange('actor', before, after);
  return [{ path: `${path}/actor`, kind: `actor-${verb}`, level, message, reason, before, after }];
}

/** Changes of what an event is about: its room, and who acts. */
export const subjectChanges = (
  path: string,
  sender: Sender,
  before: EventDocument,
  after: EventDocument,
): readonly ContractChange[] => [
  ...roomChanges(path, sender, before.room, after.room),
  ...actorChanges(path, before.actor, after.actor),
];
