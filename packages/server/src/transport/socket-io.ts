import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import { type Namespace, Server, type Socket } from 'socket.io';
import type { Broadcaster, Connection, EndReason } from '../ports/connection';
import type { Emitter } from '../ports/emitter';
import type { Handshake, Identity } from '../ports/identity';
import { countWaiting } from './backlog';
import { createAddressOf, createProxyTrust, type TrustProxy } from './client-address';
import { type Admission, createConnection, type EndSocket, roomOf } from './connection';
import { corkFlushes } from './corked-flush';
import { attachReversibly } from './http-attachment';
import { websocketUnder } from './websocket-under';

/** Packets waiting for one connection from which on it is closed: it reads too slowly to catch up. */
const MAX_WAITING_PACKETS = 10_000;
const SLOWNESS_CHECK_MS = 5_000;
/** Over the largest payload an event may have, so that too large a one is answered and not cut off. */
const MAX_HTTP_BUFFER_SIZE = 4 * 1024 * 1024;
/** Reasons after which a client may come back: its transport is closed without a `disconnect`. */
const COMES_BACK: ReadonlySet<EndReason> = new Set<EndReason>([
  'IDENTITY_EXPIRED',
  'SLOW_READER',
  'TOO_MANY_REFUSALS',
  'SERVER_CLOSING',
  'NOT_SERVED',
]);
/** How long closing waits for slow clients to take what is theirs. */
const CLOSE_TIMEOUT_MS = 1_000;

/** A Socket.IO server whose events are somebody else's business. */
export type SocketIoServer = Server;

/** Origins as Socket.IO's `cors.origin` takes them: one, several, patterns, or `true` for any. */
export type CorsOrigin = boolean | string | RegExp | (string | RegExp)[];

/** Socket.IO settings that are the host's to choose. */
export interface TransportOptions<Events extends EventRegistry> {
  /** Path of the Socket.IO endpoint. Default `/socket.io/`. */
  readonly path: string;
  /** Origins that pages may come from besides the server's own; browsers ask for it on polling. */
  readonly corsOrigin: CorsOrigin | undefined;
  readonly trustProxy: TrustProxy;
  /** Identifies who connects; rejects with a `WirepactError` to refuse. */
  readonly identify: (handshake: Handshake) => Promise<Identity | undefined>;
  /** Tells a client why its connection is ended. */
  readonly farewell: (connection: Connection<Events>, reason: EndReason, message: string | undefined) => void;
}

/** Called once for every connection; what it returns is called for every event of it. */
export type ConnectionListener<Events extends EventRegistry> = (
  connection: Connection<Events>,
) => (event: string, args: readonly unknown[]) => void;

/** The wire: connections in, broadcasts out. */
export interface Transport<Events extends EventRegistry> extends Broadcaster<Events> {
  onConnection(listener: ConnectionListener<Events>): void;
  /** Refuses new connections from now on. */
  refuse(): void;
  /** Ends every connection, once what waits for it is written, and gives the http server back. */
  close(): Promise<void>;
}

/** How many listeners Socket.IO itself has on every socket: one, so that an event `error` ends no process. */
const ownListeners = (event: string) => (event === 'error' ? 1 : 0);

const toHandshake = ({ handshake }: Socket, address: string): Handshake => ({
  auth: handshake.auth,
  query: handshake.query,
  headers: handshake.headers,
  address,
});

/** An error for Socket.IO's `connect_error`, which carries `data` to the client. */
function toConnectError(cause: unknown): Error {
  const error =
    cause instanceof WirepactError
      ? cause
      : new WirepactError('INTERNAL', 'The server failed to take this connection.', { retryable: true });
  return Object.assign(new Error(error.message), { data: error.toWire() });
}

/** Closes connections that read so slowly that what waits for them fills the memory. */
function watchSlowConnections(namespace: Namespace): () => void {
  const timer = setInterval(() => {
    for (const socket of namespace.sockets.values()) {
      if (countWaiting(socket.conn) > MAX_WAITING_PACKETS) socket.conn.close(true);
    }
  }, SLOWNESS_CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** How connections of a namespace end. */
interface Ending {
  readonly endSocket: EndSocket;
  readonly endAll: (sockets: Socket[]) => Promise<void>;
}

/** A namespace of a Socket.IO server as a transport. */
function createNamespaceTransport<Events extends EventRegistry>(
  namespace: Namespace,
  options: TransportOptions<Events>,
  { endSocket, endAll }: Ending,
): Transport<Events> {
  const addressOf = createAddressOf(createProxyTrust(options.trustProxy));
  const admissions = new WeakMap<Socket, Admission>();
  /** The connections there are, by their ids. */
  const connections = new Map<string, Connection<Events>>();
  const stopWatching = watchSlowConnections(namespace);
  let isRefusing = false;
  let isClosed = false;

  namespace.use(async (socket, next) => {
    if (isClosed) return next();
    try {
      if (isRefusing) throw new WirepactError('UNAVAILABLE', 'The server is closing.', { retryable: true });
      const address = addressOf(socket.request);
      const identity = await options.identify(toHandshake(socket, address));
      admissions.set(socket, { address, identity });
      next();
    } catch (cause) {
      next(toConnectError(cause));
    }
  });

  const connect = (socket: Socket, admission: Admission) => {
    const connection = createConnection<Events>(socket, admission, options.farewell, endSocket);
    if (connection.closed.aborted) return connection;
    connections.set(socket.id, connection);
    connection.closed.addEventListener('abort', () => connections.delete(socket.id));
    return connection;
  };

  const emitterTo = (from: ReturnType<Namespace['to']>, except: string[]): Emitter<Events> => {
    const to = except.length === 0 ? from : from.except(except);
    return { emit: (event, ...payload) => void to.emit(event, ...payload) };
  };

  const isConnection = (value: Connection<Events> | undefined) => value !== undefined;

  let onSocket: ((socket: Socket) => void) | undefined;

  return {
    onConnection(listener) {
      onSocket = (socket) => {
        const admission = admissions.get(socket);
        if (!admission) return;
        const onEvent = listener(connect(socket, admission));
        socket.onAny((event: unknown, ...args: unknown[]) => {
          const name = String(event);
          // On a namespace shared with the host, its own events are its own business.
          if (socket.listenerCount(name) <= ownListeners(name)) onEvent(name, args);
        });
      };
      namespace.on('connection', onSocket);
    },
    to: (channelId, except = []) => emitterTo(namespace.to(roomOf(channelId)), except),
    toLocal: (channelId, except = []) => emitterTo(namespace.local.to(roomOf(channelId)), except),
    dismiss: (channelId) => namespace.local.in(roomOf(channelId)).socketsLeave(roomOf(channelId)),
    connectionsIn: (channelId) =>
      [...(namespace.adapter.rooms.get(roomOf(channelId)) ?? [])]
        .map((id) => connections.get(id))
        .filter(isConnection),
    connectionsOf: (entityId) =>
      [...connections.values()].filter(({ identity }) => identity?.entityId === entityId),
    refuse() {
      isRefusing = true;
    },
    async close() {
      isClosed = true;
      stopWatching();
      if (onSocket) namespace.off('connection', onSocket);
      await endAll([...namespace.sockets.values()].filter(({ id }) => connections.has(id)));
    },
  };
}

/** Closes a transport once what waits for it is written; resolves when the other side has closed it, too. */
function endTransport(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const websocket = websocketUnder(socket.conn);
    if (websocket) websocket.once('close', resolve);
    else socket.once('disconnect', () => resolve());
    socket.conn.close();
  });
}

/** Closes the transports, which makes clients reconnect. Who does not take it is cut off. */
async function endTransports(sockets: Socket[]): Promise<void> {
  const websockets = sockets.map(({ conn }) => websocketUnder(conn));
  await Promise.race([
    Promise.all(sockets.map(endTransport)),
    delay(CLOSE_TIMEOUT_MS, undefined, { ref: false }),
  ]);
  // One that closed in time does not mind.
  for (const websocket of websockets) websocket?.terminate();
}

/** Attaches to an http server on a path of its own; everything else stays with the http server's owner. */
export function attachToHttpServer<Events extends EventRegistry>(
  httpServer: HttpServer,
  options: TransportOptions<Events>,
): Transport<Events> {
  let isReleased = false;
  const io = new Server({
    path: options.path,
    allowRequest: (_request, decide) => decide(null, !isReleased),
    serveClient: false,
    maxHttpBufferSize: MAX_HTTP_BUFFER_SIZE,
    // Another Socket.IO server, or a WebSocket server, may take the upgrades that are not ours.
    destroyUpgrade: false,
    ...(options.corsOrigin !== undefined && { cors: { origin: options.corsOrigin } }),
  });
  const detach = attachReversibly(httpServer, () => void io.attach(httpServer));
  corkFlushes(io.engine);
  return createNamespaceTransport(io.of('/'), options, {
    endSocket: (socket, reason) => {
      if (reason === 'SLOW_READER') socket.conn.close(true);
      else if (COMES_BACK.has(reason)) socket.conn.close();
      else socket.disconnect(true);
    },
    endAll: async (sockets) => {
      isReleased = true;
      await endTransports(sockets);
      io.engine.close();
      detach();
    },
  });
}

/** Uses one namespace of a Socket.IO server that somebody else runs. */
export function attachToSocketIo<Events extends EventRegistry>(
  io: SocketIoServer,
  namespace: string,
  options: TransportOptions<Events>,
): Transport<Events> {
  return createNamespaceTransport(io.of(namespace), options, {
    endSocket: (socket, reason) => {
      // The transport is shared with the host's namespaces, and so is what waits for it.
      if (reason === 'SLOW_READER') socket.conn.close(true);
      else socket.disconnect();
    },
    endAll: async (sockets) => {
      for (const socket of sockets) socket.disconnect();
    },
  });
}
