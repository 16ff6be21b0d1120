import { type EndReason, type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import type { Namespace, Socket } from 'socket.io';
import { checkArguments } from '../call-checks';
import type { Connection, RoomAddress } from '../ports/connection';
import type { WireEvent } from '../ports/dialect';
import type { Emitter } from '../ports/emitter';
import type { Peers } from '../ports/peers';
import { type Admission, closeUnused, createAdmittance, toConnectError } from './admission';
import { createAddressOf, createProxyTrust } from './client-address';
import { terminate } from './close-connection';
import { type ConnectionDeps, SocketConnection } from './connection';
import { type OnEvent, sendMapped } from './dialects/speaker';
import { SpokenDialects } from './dialects/spoken-dialects';
import { emitTraced } from './emit-traced';
import { NamespacePeers } from './namespace-peers';
import { dialectRoomOf, leaveRooms, partOf, SILENCED, silence, socketRoomOf } from './socket-room';
import type { ConnectionListener, Transport, TransportOptions } from './transport';

/** Events kept for a connection that is being let in anew. */
const MAX_HELD_EVENTS = 100;

/** Listeners that every socket has without the host: Socket.IO's own and ours for `error`. */
const ownListeners = (event: string) => (event === 'error' ? 2 : 0);

/** What differs between a Socket.IO server of ours and one of the host's. */
export interface Endpoint {
  /** Whether nobody else uses its sockets. */
  readonly isOurs: boolean;
  /** Throws where a page of this origin may not connect. */
  readonly checkOrigin: (socket: Socket) => void;
  /** Told of every socket that has been let in. */
  readonly onLetIn: (socket: Socket) => void;
  /** Ends a socket that has been told why. */
  readonly endSocket: (socket: Socket, reason: EndReason) => void;
  /** Called once every socket has been ended. */
  readonly release: () => Promise<void>;
}

/** Namespaces that a server is attached to. */
const attached = new WeakSet<Namespace>();

/** @throws WirepactError `INVALID_OPTIONS` where there is one already: each would handle every event. */
function checkFree(namespace: Namespace): void {
  if (!attached.has(namespace)) return;
  throw new WirepactError(
    'INVALID_OPTIONS',
    `A server is attached to the namespace ${namespace.name} of this Socket.IO server already. ` +
      'Close that one first, or attach to another `namespace`.',
  );
}

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
  readonly peers: Peers & { close(): void };
  private readonly admissions = new WeakMap<Socket, Admission>();
  /** The connections there are, by their ids. */
  private readonly known = new Map<string, SocketConnection<Events>>();
  private readonly listeners = createListeners(this.known);
  private readonly admit: ReturnType<typeof createAdmittance>;
  private readonly deps: ConnectionDeps<Events>;
  private readonly dialects: SpokenDialects;
  private endListener: ((connection: Connection<Events>) => void) | undefined;
  private onSocket: ((socket: Socket) => void) | undefined;
  private isRefusing = false;
  private isClosed = false;

  constructor(
    private readonly namespace: Namespace,
    private readonly options: TransportOptions<Events>,
    private readonly endpoint: Endpoint,
  ) {
    checkFree(namespace);
    this.peers = new NamespacePeers(namespace);
    this.admit = createAdmittance({
      addressOf: createAddressOf(createProxyTrust(options.trustProxy)),
      checkOrigin: endpoint.checkOrigin,
      identify: options.identify,
      isRefusing: () => this.isRefusing,
    });
    this.deps = {
      maxWaitingBytes: options.maxWaitingBytes,
      farewell: options.farewell,
      isOurs: endpoint.isOurs,
      endSocket: endpoint.endSocket,
      checkEmit: options.checkEmit,
      tracing: options.tracing,
      ask: options.ask,
      onEnd: (connection) => {
        this.known.delete(connection.id);
        this.endListener?.(connection);
      },
    };
    this.dialects = new SpokenDialects(options.dialects, options.isOwnEvent, options.logger);
    namespace.use((socket, next) => this.letIn(socket, next));
  }

  onConnection(listener: ConnectionListener<Events>): void {
    this.onSocket = (socket) => {
      const admission = this.admissions.get(socket);
      if (admission) deliver(socket, this.listen(this.connect(socket, admission), listener));
      else if (socket.recovered) this.readmit(socket, listener);
    };
    this.namespace.on('connection', this.onSocket);
    attached.add(this.namespace);
  }

  onEnd(listener: (connection: Connection<Events>) => void): void {
    this.endListener = listener;
  }

  to(room: RoomAddress, except: readonly string[] = []): Emitter<Events> {
    return this.emitterTo([socketRoomOf(room)], except);
  }

  toAny(rooms: readonly RoomAddress[], except: readonly string[]): Emitter<Events> {
    return this.emitterTo(rooms.map(socketRoomOf), [SILENCED, ...except]);
  }

  toLocal(room: RoomAddress, except: readonly string[] = []): Emitter<Events> {
    return this.emitterTo([socketRoomOf(room)], except, true);
  }

  dismiss(room: RoomAddress): void {
    for (const part of this.partsOf(room)) this.namespace.local.in(part).socketsLeave(part);
  }

  connectionsIn(room: RoomAddress): Connection<Events>[] {
    const { rooms } = this.namespace.adapter;
    return this.partsOf(room)
      .flatMap((part) => [...(rooms.get(part) ?? [])])
      .map((id) => this.known.get(id))
      .filter((connection) => connection !== undefined);
  }

  connections(): Connection<Events>[] {
    return [...this.known.values()];
  }

  connectionsOf(entityId: string): Connection<Events>[] {
    // Whoever is not signed in is nobody's, whatever is asked for.
    return this.connections().filter(({ identity }) => identity && identity.entityId === entityId);
  }

  measure() {
    const connections: Record<string, number> = {};
    const waiting = { packets: 0, bytes: 0 };
    let congested = 0;
    for (const connection of this.known.values()) {
      const { transportName } = connection;
      connections[transportName] = (connections[transportName] ?? 0) + 1;
      const { packets, bytes } = connection.waiting();
      waiting.packets += packets;
      waiting.bytes += bytes;
      if (connection.isCongested()) congested += 1;
    }
    return { connections, waiting, congested };
  }

  refuse(): void {
    this.isRefusing = true;
  }

  async close(): Promise<void> {
    this.isRefusing = true;
    this.isClosed = true;
    this.peers.close();
    if (this.onSocket) this.namespace.off('connection', this.onSocket);
    for (const connection of this.connections()) connection.end('SERVER_CLOSING', 'The server is closing.');
    await this.endpoint.release();
    attached.delete(this.namespace);
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
        const refusal = toConnectError(cause);
        this.options.onRefusal?.(refusal.data.code);
        next(refusal);
        // After Socket.IO has written the refusal.
        setImmediate(closeUnused, socket);
      },
    );
  }

  private connect(socket: Socket, admission: Admission): SocketConnection<Events> {
    const connection = new SocketConnection(socket, admission, this.deps);
    this.admissions.delete(socket);
    this.endpoint.onLetIn(socket);
    if (socket.connected) {
      this.known.set(socket.id, connection);
      socket.on('disconnect', this.listeners.onDisconnect);
      socket.on('error', this.listeners.onError);
    } else connection.onDisconnect('transport close');
    return connection;
  }

  /** What is to be called with the events of a connection, whatever it speaks. */
  private listen(connection: SocketConnection<Events>, listener: ConnectionListener<Events>): OnEvent {
    const { dialects } = this;
    if (dialects.all.length === 0) return listener(connection);
    const spoken = dialects.ofHandshake(connection.handshake);
    if (spoken) connection.speak(spoken, dialects.onFlaw);
    const onEvent = listener(connection);
    let isKnown = spoken !== undefined;
    return (event, args) => {
      if (!isKnown) {
        const found = dialects.ofEvent(event);
        isKnown = found !== undefined;
        if (found && found !== 'contract') connection.speak(found, dialects.onFlaw);
      }
      connection.receive(event, args, onEvent);
    };
  }

  /** The Socket.IO rooms that the members of a room are in, by what they speak. */
  private partsOf(room: RoomAddress): string[] {
    const whole = socketRoomOf(room);
    return [whole, ...this.dialects.all.map((dialect) => partOf(whole, dialect))];
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
        onEvent = this.listen(this.connect(socket, admission), listener);
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

  /** Sends to rooms, or where none is named to everybody; to whoever speaks a dialect, what the event is there. */
  private emitterTo(rooms: string[], except: readonly string[], isLocal = false): Emitter<Events> {
    const { checkEmit, tracing } = this.options;
    const { all } = this.dialects;
    const select = (parts: string[]) => (isLocal ? this.namespace.local : this.namespace).to(parts);
    const sendTo = (parts: string[], exceptRooms: readonly string[], [event, ...args]: WireEvent) => {
      const to = exceptRooms.length === 0 ? select(parts) : select(parts).except([...exceptRooms]);
      to.emit(event, ...args);
    };
    // Rooms have parts; everybody who is connected has to be told apart.
    const exceptOwn = rooms.length > 0 ? except : [...except, ...all.map(dialectRoomOf)];
    return {
      emit: (event, ...payload) => {
        checkArguments(event, payload);
        checkEmit?.(event, payload[0]);
        if (tracing) emitTraced(tracing, (...args) => sendTo(rooms, exceptOwn, args), event, payload);
        else sendTo(rooms, exceptOwn, [event, ...payload]);
        for (const dialect of all) {
          const parts =
            rooms.length > 0 ? rooms.map((room) => partOf(room, dialect)) : [dialectRoomOf(dialect)];
          if (!this.isAnybodyIn(parts, isLocal)) continue;
          const send = (mapped: WireEvent) => sendTo(parts, except, mapped);
          sendMapped(dialect, [event, ...payload], undefined, send, this.dialects.onFlaw);
        }
      },
    };
  }

  /** Whether anybody may be in Socket.IO rooms: here, or in another process that the adapter reaches. */
  private isAnybodyIn(rooms: readonly string[], isLocal: boolean): boolean {
    const { adapter } = this.namespace;
    return rooms.some((room) => adapter.rooms.has(room)) || (!isLocal && this.peers.areReachable);
  }
}

/** A namespace of a Socket.IO server as a transport. */
export const createNamespaceTransport = <Events extends EventRegistry>(
  namespace: Namespace,
  options: TransportOptions<Events>,
  endpoint: Endpoint,
): Transport<Events> => new NamespaceTransport(namespace, options, endpoint);
