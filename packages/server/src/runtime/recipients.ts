import type { EventRegistry } from '@wirepact/contract/runtime';
import { invalidCall } from './call-checks';
import { show } from './option-checks';
import type { Broadcaster, RoomAddress } from './ports/connection';
import type { Emitter } from './ports/emitter';

/** Whom an event is sent to: everybody, until rooms are named. */
export interface Recipients<Events extends EventRegistry> extends Emitter<Events> {
  /**
   * Those in a room, in every process that Socket.IO's adapter reaches; where it is called again, those in any of the
   * rooms. A room of which there are several is a kind, and which one: `to('board', boardId)`.
   */
  to(room: string, id?: string): Recipients<Events>;
  /** All of them but for these connections. @throws WirepactError `INVALID_OPTIONS` for what is none */
  except(...connections: readonly { readonly id: string }[]): Recipients<Events>;
}

/** The id of a connection; what has none would leave nobody out. */
function idOf(connection: { readonly id: string }): string {
  const { id }: { id?: unknown } = Object(connection);
  if (typeof id === 'string') return id;
  throw invalidCall(
    `except needs connections, such as \`connection\` of a handler, not ${show(connection)}.`,
  );
}

/** Everybody who is connected. */
export function createRecipients<Events extends EventRegistry>(
  broadcaster: Pick<Broadcaster<Events>, 'toAny'>,
  rooms: readonly RoomAddress[] = [],
  exceptIds: readonly string[] = [],
): Recipients<Events> {
  return {
    emit: (event, ...payload) => broadcaster.toAny(rooms, exceptIds).emit(event, ...payload),
    to: (room, id) =>
      createRecipients(broadcaster, [...rooms, id === undefined ? room : { name: room, id }], exceptIds),
    except: (...connections) =>
      createRecipients(broadcaster, rooms, [...exceptIds, ...connections.map(idOf)]),
  };
}
