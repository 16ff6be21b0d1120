import type { EventRegistry, PresenceChange, SessionNames } from '@wirepact/contract/runtime';
import type { EntrySender } from '../feed/feed-room';
import type { Broadcaster, Connection } from '../ports/connection';
import { emitByName } from '../ports/emitter';
import type { Position } from '../ports/journal';
import { eachRoom, toJournalRoom, toRoom } from './channel-address';

/** How the members of rooms with a journal are told. */
export interface RoomWire<Events extends EventRegistry> {
  readonly sender: EntrySender<Connection<Events>>;
  /** Tells the members of a room that it is over, and takes them out. */
  readonly end: (roomId: string, position: Position) => void;
  /** Tells who is in a room. */
  readonly tellPresence: (to: { readonly emit: unknown }, roomId: string, change: PresenceChange) => void;
}

/** Puts what happens in the rooms of a contract on the wire. */
export function createRoomWire<Events extends EventRegistry>(
  broadcaster: Broadcaster<Events>,
  names: Pick<SessionNames, 'deleted' | 'presenceChanged'>,
): RoomWire<Events> {
  return {
    sender: {
      toOne: (connection, event, payload) => emitByName(connection, event, payload),
      toRoom: (key, exceptIds, event, payload) =>
        emitByName(broadcaster.toLocal(toJournalRoom(key), exceptIds), event, payload),
      join: (connection, key) => eachRoom(key, ({ name, id }) => connection.join(name, id)),
      leave: (connection, key) => eachRoom(key, ({ name, id }) => connection.leave(name, id)),
    },
    end(key, position) {
      const { name, id } = toRoom(key);
      emitByName(broadcaster.toLocal(toJournalRoom(key)), names.deleted, { room: name, id, ...position });
      eachRoom(key, (room) => broadcaster.dismiss(room));
    },
    tellPresence(to, key, change) {
      const { name: room, id } = toRoom(key);
      emitByName(to, names.presenceChanged, { room, id, ...change });
    },
  };
}
