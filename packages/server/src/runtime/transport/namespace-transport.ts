import { type EndReason, type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import type { Namespace, Socket } from 'socket.io';
import type { Connection } from '../ports/connection';
import type { Emitter } from '../ports/emitter';
import { type Admission, closeUnused, createAdmittance, toConnectError } from './admission';
import { createAddressOf, createProxyTrust } from './client-address';
import { terminate } from './close-connection';
import { SocketConnection } from './connection';
import { leaveRooms, SILENCED, silence, socketRoomOf } from './socket-room';
import type { ConnectionListener, Transport, TransportOptions } from './transport';

/** Events kept for a connection that is being let in anew. */
const MAX_HELD_EVENTS = 100;

/** Listeners that every socket has without the host: Socket.IO's own and ours for `error`. */
const ownListeners = (event: string) => (event === 'error' ? 2 : 0);

/** What differs between a Socket.IO server of ours and one of the host's. */
export interface Endpoint {
  /** Throws where a page of this origin may not connect. */
  readonly checkOrigin: (socket: Socket) => void;
  /** Ends a socket that has been told why. */
  readonly endSocket: (socket: Socket, reason: EndReason) => void;
  /** Called once every socket has been ended. */
  readonly release: () => Promise<void>;
}

type OnEvent = ReturnType<ConnectionListener<EventRegistry>>;

/** Calls `onEvent` with a socket's events; on a namespace shared with the host, its own are its own business. */
function deliver(socket: Socket, onEvent: OnEvent): void {
  socket.onAny((event: unknown, ...args: unknown[]) => {
    const name = String(event);
    if (socket.listenerCount(name) <= ownListeners(name)) onEvent(name, args);
  });
}

/** Nobody listens for connections of this namespace. */
const isUnserved = (namespace: Namespace) =>
  namespace.listenerCount('connection') + namespace.listenerCount('connect') === 0;

/** A namespace of a Socket.IO server as a transport. */
export function createNamespaceTransport<Events extends EventRegistry>(
  namespace: Namespace,
  options: TransportOptions<Events>,
  { checkOrigin, endSocket, release }: Endpoint,
): Transport<Events> {
  const { identify, farewell, maxWaitingBytes, checkEmit, ask } = options;
  const admissions = new WeakMap<Socket, Admission>();
  /** The connections there are, by their ids. */
  const connections = new Map<string, Connection<Events>>();
  let onEnd: ((connection: Connection<Events>) => void) | undefined;
  let isRefusing = false;
  let isClosed = false;
  const admit = createAdmittance({
    addressOf: createAddressOf(createProxyTrust(options.trustProxy)),
    checkOrigin,
    identify,
    isRefusing: () => isRefusing,
  });

  namespace.use((socket, next) => {
    if (isClosed && !isUnserved(namespace)) return next();
    admit(socket).then(
      (admission) => {
        admissions.set(socket, admission);
        next();
      },
      (cause) => {
        next(toConnectError(cause));
        // After Socket.IO has written the refusal.
        setImmediate(closeUnused, socket);
      },
    );
  });

  const deps = {
    maxWaitingBytes,
    farewell,
    endSocket,
    checkEmit,
    ask,
    onEnd: (connection: Connection<Events>) => {
      connections.delete(connection.id);
      onEnd?.(connection);
    },
  };

  const connect = (socket: Socket, admission: Admission) => {
    const connection = new SocketConnection(socket, admission, deps);
    if (!connection.isClosed) connections.set(socket.id, connection);
    admissions.delete(socket);
    return connection;
  };

  /** Socket.IO's connection state recovery brings sockets back that no middleware has seen: they are let in here. */
  const readmit = (socket: Socket, listener: ConnectionListener<Events>) => {
    leaveRooms(socket);
    silence(socket);
    const held: Parameters<OnEvent>[] = [];
    let onEvent: OnEvent = (...event) => {
      if (held.push(event) > MAX_HELD_EVENTS) terminate(socket.conn);
    };
    deliver(socket, (...event) => onEvent(...event));
    admit(socket).then(
      (admission) => {
        void socket.leave(SILENCED);
        onEvent = listener(connect(socket, admission));
        for (const event of held) onEvent(...event);
      },
      (cause) => {
        const { message } = toConnectError(cause);
        const isFinal = cause instanceof WirepactError && !cause.retryable;
        const nobody = { address: '', identity: undefined };
        connect(socket, nobody).end(isFinal ? 'UNAUTHENTICATED' : 'NOT_SERVED', message);
      },
    );
  };

  const emitterTo = (from: ReturnType<Namespace['to']>, except: readonly string[]): Emitter<Events> => {
    const to = except.length === 0 ? from : from.except([...except]);
    return {
      emit: (event, ...payload) => {
        checkEmit?.(event, payload[0]);
        to.emit(event, ...payload);
      },
    };
  };

  const isConnection = (value: Connection<Events> | undefined) => value !== undefined;
  let onSocket: ((socket: Socket) => void) | undefined;

  return {
    onConnection(listener) {
      onSocket = (socket) => {
        const admission = admissions.get(socket);
        if (admission) deliver(socket, listener(connect(socket, admission)));
        else if (socket.recovered) readmit(socket, listener);
      };
      namespace.on('connection', onSocket);
    },
    onEnd(listener) {
      onEnd = listener;
    },
    to: (room, except = []) => emitterTo(namespace.to(socketRoomOf(room)), except),
    toAny: (rooms, except) => emitterTo(namespace.to(rooms.map(socketRoomOf)), [SILENCED, ...except]),
    toLocal: (room, except = []) => emitterTo(namespace.local.to(socketRoomOf(room)), except),
    dismiss: (room) => namespace.local.in(socketRoomOf(room)).socketsLeave(socketRoomOf(room)),
    connectionsIn: (room) =>
      [...(namespace.adapter.rooms.get(socketRoomOf(room)) ?? [])]
        .map((id) => connections.get(id))
        .filter(isConnection),
    connections: () => [...connections.values()],
    connectionsOf: (entityId) =>
      [...connections.values()].filter(({ identity }) => identity?.entityId === entityId),
    refuse() {
      isRefusing = true;
    },
    async close() {
      isRefusing = true;
      isClosed = true;
      if (onSocket) namespace.off('connection', onSocket);
      for (const connection of [...connections.values()]) {
        connection.end('SERVER_CLOSING', 'The server is closing.');
      }
      await release();
    },
  };
}
