import type { RoomReference } from '@wirepact/contract/runtime';

/** The id under which a store keeps the journal of a room. */
export const toChannelKey = ({ name, id }: RoomReference): string => `${name}:${id}`;

/** The room whose journal has an id that {@link toChannelKey} has made. */
export function toRoom(channelKey: string): RoomReference {
  const end = channelKey.indexOf(':');
  return { name: channelKey.slice(0, end), id: channelKey.slice(end + 1) };
}
