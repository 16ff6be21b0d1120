import {
  type Contract,
  findPayloadError,
  type RoomReference,
  roomOf,
  WirepactError,
} from '@wirepact/contract/runtime';
import { toInvalidEmit } from '../gateway/emit-check';
import { copyJson } from '../json-copy';
import { OwnError } from '../own-error';
import type { NewStoredEvent } from '../ports/event-store';

/** Characters of a key that names a send. */
const MAX_KEY_LENGTH = 256;

/** Something to be published in a room. */
export interface Publication {
  readonly room: RoomReference;
  readonly event: string;
  readonly payload: unknown;
  readonly actor: string | undefined;
  /** Names the send; left out where the payload does, as the event declares. */
  readonly key: string | undefined;
}

/**
 * An event as it is kept, whatever becomes of the payload that was given: without its place, and without the name of the
 * send, which only whoever sent it is told.
 * @throws WirepactError `INVALID_EMIT` where the event is none that this room keeps, or the payload breaks the contract.
 */
export function toStoredEvent(
  { serverToClient }: Pick<Contract, 'serverToClient'>,
  { room, event, payload: given, actor, key: named }: Publication,
): NewStoredEvent {
  const definition = Object.hasOwn(serverToClient, event) ? serverToClient[event] : undefined;
  const refuse = (problem: string) =>
    new OwnError('INVALID_EMIT', `"${event}" was not published: ${problem}`);
  if (!definition?.durable) throw refuse('the contract has no durable event of this name.');
  if (findPayloadError(definition, given)) throw toInvalidEmit(event, definition, given);
  const about = roomOf(definition, given);
  if (about?.name !== room.name || about.id !== room.id)
    throw refuse(`its payload names another room than "${room.name}" ${JSON.stringify(room.id)}.`);
  // It was checked just now, and what durable events carry is an object.
  const { epoch: _epoch, seq: _seq, ...payload } = copyJson(given) as Record<string, unknown>;
  const property = definition.key;
  const carried = property === undefined ? undefined : payload[property];
  if (property !== undefined) delete payload[property];
  const key = named ?? (typeof carried === 'string' ? carried : undefined);
  if (key !== undefined && key.length > MAX_KEY_LENGTH)
    throw new WirepactError(
      'INVALID_PAYLOAD',
      `The key of a send has at most ${MAX_KEY_LENGTH} characters; that of "${event}" has ${key.length}.`,
    );
  return { name: event, payload, actor, key };
}
