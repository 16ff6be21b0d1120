import type {
  EventRegistry,
  PayloadOf,
  RoomAddress,
  SESSION_EVENTS,
  SessionNames,
} from '@wirepact/contract/runtime';
import type { Connection } from '../ports/connection';
import type { Presence } from '../presence/presence';
import { toChannelKey } from './channel-address';

type Asked = typeof SESSION_EVENTS.clientToServer;

const keyOf = ({ room, id }: RoomAddress) => toChannelKey({ name: room, id });

/** What answers those events of the session that are about who is in a room. */
export function createPresenceHandlers<Events extends EventRegistry>(
  names: Pick<SessionNames, 'watchPresence' | 'updatePresence'>,
  presence: Pick<Presence<Events>, 'watch' | 'update'>,
) {
  type Context = { readonly connection: Connection<Events> };
  return {
    [names.watchPresence]: ({ connection }: Context, room: PayloadOf<Asked['watchPresence']>) =>
      presence.watch(connection, keyOf(room), room.watching),
    [names.updatePresence]: ({ connection }: Context, room: PayloadOf<Asked['updatePresence']>) =>
      presence.update(connection, keyOf(room), room.state, room.ttlMs),
  };
}
