import { setMaxListeners } from 'node:events';
import type { EndReason, EventRegistry } from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';
import type { Connection } from '../ports/connection';
import type { Admission } from './admission';
import { backlogOf } from './backlog';
import { noteLetIn } from './close-connection';
import { PacketError } from './packet-error';
import type { Farewell } from './transport';

const MAX_AGENT_ID_LENGTH = 256;
const ROOM_PREFIX = 'channel:';

/** The Socket.IO room of a channel. */
export const roomOf = (channelId: string) => `${ROOM_PREFIX}${channelId}`;

/** Takes a socket out of all channels. */
export function leaveChannels(socket: Socket): void {
  for (const room of socket.rooms) if (room.startsWith(ROOM_PREFIX)) void socket.leave(room);
}

/** The agent named in the handshake: `auth.agentId`, else the query's. */
function toAgentId({ auth, query }: Socket['handshake']): string | undefined {
  const agentId: unknown = auth.agentId ?? query.agentId;
  return typeof agentId === 'string' && agentId !== '' && agentId.length <= MAX_AGENT_ID_LENGTH
    ? agentId
    : undefined;
}

/** What connections of one transport share. */
export interface ConnectionDeps<Events extends EventRegistry> {
  /** Bytes that may wait for one connection. */
  readonly maxWaitingBytes: number;
  readonly farewell: Farewell<Events>;
  /** Ends a socket that has been told why. */
  readonly endSocket: (socket: Socket, reason: EndReason) => void;
}

/** A socket as handlers and services see it. */
export function createConnection<Events extends EventRegistry>(
  socket: Socket,
  { address, identity }: Admission,
  { maxWaitingBytes, farewell, endSocket }: ConnectionDeps<Events>,
): Connection<Events> {
  noteLetIn(socket.conn);
  const backlog = backlogOf(socket.conn, maxWaitingBytes);
  const controller = new AbortController();
  const closed = controller.signal;
  // Everything that is under way for a connection may wait for its end.
  setMaxListeners(0, closed);
  let endReason: EndReason | undefined;

  const connection: Connection<Events> = {
    id: socket.id,
    address,
    identity,
    agentId: toAgentId(socket.handshake),
    closed,
    emit: (event, ...payload) => {
      if (!closed.aborted) socket.emit(event, ...payload);
    },
    join: (channelId) => {
      // A handler may finish after its connection has ended; a room must not keep it.
      if (!closed.aborted) void socket.join(roomOf(channelId));
    },
    isIn: (channelId) => socket.rooms.has(roomOf(channelId)),
    leave: (channelId) => void socket.leave(roomOf(channelId)),
    isCongested: () => backlog.isCongested(),
    drained: () => untilClosed(closed, () => backlog.drained()),
    end(reason, message) {
      if (endReason || closed.aborted) return;
      endReason = reason;
      farewell(connection, reason, message);
      leaveChannels(socket);
      endSocket(socket, reason);
      controller.abort(reason);
    },
  };

  const onDisconnect = (reason: string) =>
    controller.abort(endReason ?? (backlog.isOverflowing ? 'SLOW_READER' : reason));
  if (socket.connected) socket.once('disconnect', onDisconnect);
  else onDisconnect('transport close');
  // Socket.IO tells every socket of a client of a packet that it refused. Clients can emit `error`, but no instance of one.
  socket.on('error', (error: unknown) => {
    if (error instanceof PacketError) connection.end(error.reason, error.message);
    else if (error instanceof Error) connection.end('INVALID_PACKET', 'A packet was malformed.');
  });
  return connection;
}

/** Waits for `work`, or for the connection to have ended. */
async function untilClosed(closed: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (closed.aborted) return;
  let stop = () => {};
  const ended = new Promise<void>((resolve) => {
    stop = resolve;
    closed.addEventListener('abort', stop);
  });
  await Promise.race([work(), ended]);
  closed.removeEventListener('abort', stop);
}
