import type { Contract } from '@wirepact/contract/runtime';
import { invalidOption } from '../option-checks';

/** The kinds of rooms that durable events of a contract belong to. */
export const journalRoomsOf = ({ serverToClient }: Pick<Contract, 'serverToClient'>): Set<string> =>
  new Set(Object.values(serverToClient).flatMap(({ durable, room }) => (durable && room ? [room.name] : [])));

/** @throws WirepactError `INVALID_OPTIONS` where nobody can be a member of a kind of room that has presence */
export function checkPresenceRooms({ name, presence = {} }: Contract, kinds: ReadonlySet<string>): void {
  const kind = Object.keys(presence).find((one) => !kinds.has(one));
  if (kind === undefined) return;
  throw invalidOption(
    `${name} has presence in ${kind}, a room that nobody can join: none of its events is \`durable\`.`,
  );
}
