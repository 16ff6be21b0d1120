import { setMaxListeners } from 'node:events';
import type { EventRegistry } from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';
import type { Connection, EndReason } from '../ports/connection';
import type { Identity } from '../ports/identity';
import { isCongested, whenDrained } from './backlog';

const MAX_AGENT_ID_LENGTH = 256;

/** The Socket.IO room of a channel. */
export const roomOf = (channelId: string) => `channel:${channelId}`;

/** The agent named in the handshake: `auth.agentId`, else the query's. */
function toAgentId({ auth, query }: Socket['handshake']): string | undefined {
  const agentId: unknown = auth.agentId ?? query.agentId;
  return typeof agentId === 'string' && agentId !== '' && agentId.length <= MAX_AGENT_ID_LENGTH
    ? agentId
    : undefined;
}

/** The end of a socket as a signal, aborted with what `toReason` makes of Socket.IO's reason. */
function closedSignal(socket: Socket, toReason: (reason: string) => string): AbortSignal {
  const controller = new AbortController();
  // Everything that is under way for a connection may wait for its end.
  setMaxListeners(0, controller.signal);
  if (socket.connected) socket.once('disconnect', (reason) => controller.abort(toReason(reason)));
  else controller.abort(toReason('transport close'));
  return controller.signal;
}

/** Who connected, as far as the transport has found out. */
export interface Admission {
  readonly address: string;
  readonly identity: Identity | undefined;
}

/** Ends a socket for a reason. */
export type EndSocket = (socket: Socket, reason: EndReason) => void;

/** A socket as handlers and services see it; `farewell` tells its client why it is ended. */
export function createConnection<Events extends EventRegistry>(
  socket: Socket,
  { address, identity }: Admission,
  farewell: (connection: Connection<Events>, reason: EndReason, message: string | undefined) => void,
  endSocket: EndSocket,
): Connection<Events> {
  const { conn } = socket;
  let endReason: EndReason | undefined;
  const closed = closedSignal(socket, (reason) => endReason ?? reason);
  const connection: Connection<Events> = {
    id: socket.id,
    address,
    identity,
    agentId: toAgentId(socket.handshake),
    closed,
    emit: (event, ...payload) => void socket.emit(event, ...payload),
    join: (channelId) => {
      // A handler may finish after its connection has ended; a room must not keep it.
      if (!closed.aborted) void socket.join(roomOf(channelId));
    },
    isIn: (channelId) => socket.rooms.has(roomOf(channelId)),
    leave: (channelId) => void socket.leave(roomOf(channelId)),
    isCongested: () => isCongested(conn),
    drained: () => whenDrained(conn, closed),
    end(reason, message) {
      if (endReason || closed.aborted) return;
      endReason = reason;
      farewell(connection, reason, message);
      endSocket(socket, reason);
    },
  };
  return connection;
}
