import type { Contract } from '@wirepact/contract/runtime';
import type { NewStoredEvent } from '../ports/event-store';
import type { JournalEntry, Position } from '../ports/journal';

/** Names a send among all of its channel; the lengths tell where each part ends. */
export const toEventKey = ({ name, actor = '', key = '' }: NewStoredEvent): string =>
  `${name.length} ${actor.length} ${name}${actor}${key}`;

/** A stored event as members receive it: with its place, and for whoever caused it with the name of their send. */
export function toEventEntry(
  { serverToClient }: Pick<Contract, 'serverToClient'>,
  { epoch, seq }: Position,
  event: NewStoredEvent,
): JournalEntry {
  const { name, payload, actor = '', key } = event;
  const entry = { seq, event: name, payload: Object.assign({}, payload, { epoch, seq }) };
  const property = serverToClient[name]?.key;
  if (key === undefined || property === undefined) return entry;
  return { ...entry, own: { actor, key: toEventKey(event), fields: { [property]: key } } };
}
