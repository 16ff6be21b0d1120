import type { RoomReference } from '@wirepact/contract/runtime';

/** The id under which a store keeps the journal of a room. */
export const toChannelKey = ({ name, id }: RoomReference): string => `${name}:${id}`;

/** The room whose journal has an id that {@link toChannelKey} has made. */
export function toRoom(channelKey: string): RoomReference {
  const end = channelKey.indexOf(':');
  return { name: channelKey.slice(0, end), id: channelKey.slice(end + 1) };
}

/**
 * Where the events of the journal are sent. It is the members' alone: whoever a handler puts into the room itself hears
 * what is sent there, and nothing that is kept.
 */
export function toJournalRoom(channelKey: string): RoomReference {
  const { name, id } = toRoom(channelKey);
  return { name: `wirepact:${name}`, id };
}

/** Does something with both rooms that a member is in. */
export function eachRoom(channelKey: string, action: (room: RoomReference) => void): void {
  action(toRoom(channelKey));
  action(toJournalRoom(channelKey));
}
