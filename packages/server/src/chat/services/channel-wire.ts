import type { BroadcastMessage, Protocol } from '@wirepact/protocol';
import type { EntrySender } from '../../runtime/feed/feed-room';
import type { Broadcaster, Connection } from '../../runtime/ports/connection';
import { emitByName } from '../../runtime/ports/emitter';
import { type ThoughtGrants, toThoughtRoom, withoutThought } from './thought-grants';

type ChatConnection = Connection<Protocol['serverToClient']>;

/** Puts what happens in channels on the wire; what agents think, only for those who may read it. */
export function createChannelWire(
  broadcaster: Broadcaster<Protocol['serverToClient']>,
  thoughts: ThoughtGrants<ChatConnection>,
): EntrySender<ChatConnection> {
  const isLimited = (event: string, payload: object): payload is BroadcastMessage =>
    thoughts.isLimited && event === 'messageBroadcast' && 'thought' in payload;
  // What the journal gives was checked against the schema of the event it is named after, which no type can follow.
  return {
    toOne(connection, event, payload) {
      const isHidden = isLimited(event, payload) && !thoughts.may(connection, payload.roomId);
      emitByName(connection, event, isHidden ? withoutThought(payload) : payload);
    },
    toRoom(channelId, exceptIds, event, payload) {
      if (!isLimited(event, payload)) {
        emitByName(broadcaster.toLocal(channelId, exceptIds), event, payload);
        return;
      }
      const room = toThoughtRoom(channelId);
      const granted = broadcaster.connectionsIn(room).map(({ id }) => id);
      emitByName(broadcaster.toLocal(room, exceptIds), event, payload);
      emitByName(broadcaster.toLocal(channelId, [...exceptIds, ...granted]), event, withoutThought(payload));
    },
    join(connection, channelId) {
      connection.join(channelId);
      const { name, id } = toThoughtRoom(channelId);
      if (thoughts.isLimited && thoughts.may(connection, channelId)) connection.join(name, id);
    },
    leave(connection, channelId) {
      connection.leave(channelId);
      const { name, id } = toThoughtRoom(channelId);
      if (thoughts.isLimited) connection.leave(name, id);
    },
  };
}
