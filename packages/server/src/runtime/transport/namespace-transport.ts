import { type EndReason, type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import type { Namespace, Socket } from 'socket.io';
import { PacketType } from 'socket.io-parser';
import type { Connection, RoomAddress } from '../ports/connection';
import type { Emitter } from '../ports/emitter';
import { type Admission, closeUnused, createAdmittance, toConnectError } from './admission';
import { createAddressOf, createProxyTrust } from './client-address';
import { terminate } from './close-connection';
import { type ConnectionDeps, SocketConnection } from './connection';
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

/** Listeners that all sockets share: those of its own would cost every idle connection memory. */
const createListeners = (
  known: ReadonlyMap<string, Pick<SocketConnection<EventRegistry>, 'onDisconnect' | 'onError'>>,
) => ({
  onDisconnect(this: Socket, reason: string): void {
    known.get(this.id)?.onDisconnect(reason);
  },
  onError(this: Socket, error: unknown): void {
    known.get(this.id)?.onError(error);
  },
});

class NamespaceTransport<Events extends EventRegistry> implements Transport<Events> {
  private readonly admissions = new WeakMap<Socket, Admission>();
  /** The connections there are, by their ids. */
  private readonly known = new Map<string, SocketConnection<Events>>();
  private readonly listeners = createListeners(this.known);
  private readonly admit: ReturnType<typeof createAdmittance>;
  private readonly deps: ConnectionDeps<Events>;
  private endListener: ((connection: Connection<Events>) => void) | undefined;
  private onSocket: ((socket: Socket) => void) | undefined;
  private isRefusing = false;
  private isClosed = false;

  constructor(
    private readonly namespace: Namespace,
    private readonly options: TransportOptions<Events>,
    private readonly endpoint: Endpoint,
  ) {
    this.admit = createAdmittance({
      addressOf: createAddressOf(createProxyTrust(options.trustProxy)),
      checkOrigin: endpoint.checkOrigin,
      identify: options.identify,
      isRefusing: () => this.isRefusing,
    });
    this.deps = {
      maxWaitingBytes: options.maxWaitingBytes,
      farewell: options.farewell,
      endSocket: endpoint.endSocket,
      checkEmit: options.checkEmit,
      ask: options.ask,
      onEnd: (connection) => {
        this.known.delete(connection.id);
        this.endListener?.(connection);
      },
    };
    namespace.use((socket, next) => this.letIn(socket, next));
  }

  onConnection(listener: ConnectionListener<Events>): void {
    this.onSocket = (socket) => {
      const admission = this.admissions.get(socket);
      if (admission) deliver(socket, listener(this.connect(socket, admission)));
      else if (socket.recovered) this.readmit(socket, listener);
    };
    this.namespace.on('connection', this.onSocket);
  }

  onEnd(listener: (connection: Connection<Events>) => void): void {
    this.endListener = listener;
  }

  to(room: RoomAddress, except: readonly string[] = []): Emitter<Events> {
    return this.emitterTo(this.namespace.to(socketRoomOf(room)), except);
  }

  toAny(rooms: readonly RoomAddress[], except: readonly string[]): Emitter<Events> {
    return this.emitterTo(this.namespace.to(rooms.map(socketRoomOf)), [SILENCED, ...except]);
  }

  toLocal(room: RoomAddress, except: readonly string[] = []): Emitter<Events> {
    const { checkEmit } = this.options;
    const { adapter } = this.namespace;
    const to = { rooms: new Set([socketRoomOf(room)]), except: new Set(except), flags: { local: true } };
    // What `local.to(room).except(…)` comes to, without an operator of Socket.IO for each step.
    return {
      emit: (event, ...payload) => {
        checkEmit?.(event, payload[0]);
        adapter.broadcast({ type: PacketType.EVENT, data: [event, ...payload] }, to);
      },
    };
  }

  dismiss(room: RoomAddress): void {
    this.namespace.local.in(socketRoomOf(room)).socketsLeave(socketRoomOf(room));
  }

  connectionsIn(room: RoomAddress): Connection<Events>[] {
    const ids = this.namespace.adapter.rooms.get(socketRoomOf(room)) ?? [];
    return [...ids].map((id) => this.known.get(id)).filter((connection) => connection !== undefined);
  }

  connections(): Connection<Events>[] {
    return [...this.known.values()];
  }

  connectionsOf(entityId: string): Connection<Events>[] {
    return this.connections().filter(({ identity }) => identity?.entityId === entityId);
  }

  refuse(): void {
    this.isRefusing = true;
  }

  async close(): Promise<void> {
    this.isRefusing = true;
    this.isClosed = true;
    if (this.onSocket) this.namespace.off('connection', this.onSocket);
    for (const connection of this.connections()) connection.end('SERVER_CLOSING', 'The server is closing.');
    await this.endpoint.release();
  }

  private letIn(socket: Socket, next: (error?: Error) => void): void {
    if (this.isClosed && !isUnserved(this.namespace)) {
      next();
      return;
    }
    this.admit(socket).then(
      (admission) => {
        this.admissions.set(socket, admission);
        next();
      },
      (cause) => {
        next(toConnectError(cause));
        // After Socket.IO has written the refusal.
        setImmediate(closeUnused, socket);
      },
    );
  }

  private connect(socket: Socket, admission: Admission): Connection<Events> {
    const connection = new SocketConnection(socket, admission, this.deps);
    this.admissions.delete(socket);
    if (socket.connected) {
      this.known.set(socket.id, connection);
      socket.on('disconnect', this.listeners.onDisconnect);
      socket.on('error', this.listeners.onError);
    } else connection.onDisconnect('transport close');
    return connection;
  }

  /** Socket.IO's connection state recovery brings sockets back that no middleware has seen: they are let in here. */
  private readmit(socket: Socket, listener: ConnectionListener<Events>): void {
    leaveRooms(socket);
    silence(socket);
    const held: Parameters<OnEvent>[] = [];
    let onEvent: OnEvent = (...event) => {
      if (held.push(event) > MAX_HELD_EVENTS) terminate(socket.conn);
    };
    deliver(socket, (...event) => onEvent(...event));
    this.admit(socket).then(
      (admission) => {
        void socket.leave(SILENCED);
        onEvent = listener(this.connect(socket, admission));
        for (const event of held) onEvent(...event);
      },
      (cause) => {
        const { message } = toConnectError(cause);
        const isFinal = cause instanceof WirepactError && !cause.retryable;
        const nobody = { address: '', identity: undefined };
        this.connect(socket, nobody).end(isFinal ? 'UNAUTHENTICATED' : 'NOT_SERVED', message);
      },
    );
  }

  private emitterTo(from: ReturnType<Namespace['to']>, except: readonly string[]): Emitter<Events> {
    const { checkEmit } = this.options;
    const to = except.length === 0 ? from : from.except([...except]);
    return {
      emit: (event, ...payload) => {
        checkEmit?.(event, payload[0]);
        to.emit(event, ...payload);
      },
    };
  }
}

/** A namespace of a Socket.IO server as a transport. */
export const createNamespaceTransport = <Events extends EventRegistry>(
  namespace: Namespace,
  options: TransportOptions<Events>,
  endpoint: Endpoint,
): Transport<Events> => new NamespaceTransport(namespace, options, endpoint);
