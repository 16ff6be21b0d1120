import { randomUUID } from 'node:crypto';
import { findPayloadError, SESSION_NAMES } from '@wirepact/contract/runtime';
import { type Fields, isFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView, EventView } from './contract-view';

/** Lengths to which a new id is cut where a longer one is not valid. */
const LENGTHS = [36, 20, 12, 6];

/** `payload` in a room that nobody has been in, as far as its schema lets one name such a room. */
export function inNewRoom({ declared, event }: EventView, payload: unknown): unknown {
  if (!declared.room || !isFields(payload)) return payload;
  const { property } = declared.room;
  const ids = [randomUUID(), ...LENGTHS.map((length) => randomUUID().replaceAll('-', 'a').slice(0, length))];
  return (
    ids.map((id) => ({ ...payload, [property]: id })).find((one) => !findPayloadError(event, one)) ?? payload
  );
}

/** Who a client is signed in as, by its greeting; `undefined` where it is nobody. */
export function entityOf(client: WireClient): string | undefined {
  const [{ entityId } = {}] = client.all(SESSION_NAMES.established);
  return typeof entityId === 'string' ? entityId : undefined;
}

/** `payload` as a client sends it that is signed in: who acts is itself. */
export function actingAs({ declared: { actor } }: EventView, payload: unknown, client: WireClient): unknown {
  const entityId = entityOf(client);
  return actor !== undefined && entityId !== undefined && isFields(payload)
    ? { ...payload, [actor]: entityId }
    : payload;
}

/** Where a payload belongs: the kind of room and which one. */
export interface RoomAddress {
  readonly room: string;
  readonly id: string;
}

/** The room of a payload; `undefined` where the event belongs to none. */
export function addressOf({ declared: { room } }: EventView, payload: Fields): RoomAddress | undefined {
  const id = room && payload[room.property];
  return room && typeof id === 'string' ? { room: room.name, id } : undefined;
}

/** The durable events of a kind of room. */
export const durableIn = ({ serverToClient }: ContractView, kind: string): readonly EventView[] =>
  [...serverToClient.values()].filter(({ declared }) => declared.durable && declared.room?.name === kind);

/** The kinds of room that have a journal. */
export const journalKinds = ({ serverToClient }: ContractView): readonly string[] => [
  ...new Set(
    [...serverToClient.values()].flatMap(({ declared: { durable, room } }) =>
      durable && room ? [room.name] : [],
    ),
  ),
];
