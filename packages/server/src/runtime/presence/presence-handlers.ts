import type { EventRegistry, PayloadOf, RoomAddress, SESSION_EVENTS, SessionNames } from '@wirepact/contract/runtime';
import type { Connection } from '../ports/connection';
import type { Presence } from './presence';

type Asked = typeof SESSION_EVENTS.clientToServer;

/** What answers those events of the session that are about who is in a room; `keyOf` finds the room. */
export function createPresenceHandlers<Events extends EventRegistry>(
  names: Pick<SessionNames, 'watchPresence' | 'updatePresence'>,
  presence: Pick<Presence<Events>, 'watch' | 'update'>,
  keyOf: (room: RoomAddress) => string,
) {
  type Context = { readonly connection: Connection<Events> };
  return {
    [names.watchPresence]: ({ connection }: Context, room: PayloadOf<Asked['watchPresence']>) =>
      presence.watch(connection, keyOf(room), room.watching),
    [names.updatePresence]: ({ connection }: Context, room: PayloadOf<Asked['updatePresence']>) =>
      presence.update(connection, keyOf(room), room.state, room.ttlMs),
  };
}
