import type { ContractEvent } from './event';

/** The room that one payload is about. */
export interface RoomReference {
  /** The kind of room: `channel`. */
  readonly name: string;
  /** Which one, as the payload names it. */
  readonly id: string;
}

/** The own property `name` of a payload. */
const read = (payload: unknown, name: string): unknown =>
  typeof payload === 'object' && payload !== null && Object.hasOwn(payload, name)
    ? Reflect.get(payload, name)
    : undefined;

const toName = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/**
 * The room that a payload is about, as its event declares it: what `property` names, or `fallback` where that is
 * missing. `undefined` for events without a room, and for payloads that name none. Nothing else in the payload counts.
 */
export function roomOf({ room }: ContractEvent, payload: unknown): RoomReference | undefined {
  if (!room) return undefined;
  const named = read(payload, room.property);
  const id = toName(
    named === undefined && room.fallback !== undefined ? read(payload, room.fallback) : named,
  );
  return id === undefined ? undefined : { name: room.name, id };
}

/** Who acts, as a payload says it in the property that its event declares as `actor`; `undefined` where it names nobody. */
export const actorOf = ({ actor }: ContractEvent, payload: unknown): string | undefined =>
  actor === undefined ? undefined : toName(read(payload, actor));
