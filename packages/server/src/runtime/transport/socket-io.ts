import { END_REASONS, type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import { type Namespace, Server } from 'socket.io';
import { Adapter } from 'socket.io-adapter';
import { closeUnused } from './admission';
import { createProxyTrust } from './client-address';
import { closeOnceWritten } from './close-connection';
import { propertyOf } from './engine-connection';
import { writeDirectly } from './fast-path/direct-writes';
import { createTurnAdapter } from './fast-path/turn-adapter';
import { createTurnEngine, forgetRequest, forgetResponses } from './fast-path/turn-engine';
import { createFleetAdapter } from './fleet-adapter';
import { attachReversibly, type HttpServer } from './http-attachment';
import { createNamespaceTransport } from './namespace-transport';
import {
  type CorsOrigin,
  checkCorsOrigin,
  createOriginCheck,
  createOriginLog,
  namesOrigins,
} from './origin-check';
import { createPacketParser } from './packet-decoder';
import { claimPath } from './path-conflict';
import { limitPongs } from './pong-limit';
import type { Transport, TransportOptions } from './transport';
import { watchUpgrades } from './upgrades';

/** Bytes of JSON for one unit of a payload's size at most: `\u0000`. */
const BYTES_PER_UNIT = 6;
/** Bytes around a payload: event name, id, namespace, and other packets of a request. */
const ENVELOPE_BYTES = 64 * 1024;
/** How far over its bounds a payload may be to be answered; what is further ends the connection. */
const ANSWERED_FACTOR = 8;

/** Bytes waiting on a websocket from which on packets wait behind them, and their part of what may wait at all. */
const MAX_HELD_BYTES = 64 * 1024;
const HELD_FRACTION = 8;

/** The version of Engine.IO that is spoken, as requests ask for it. */
const SPOKEN = /[?&]EIO=4(?:&|$)/;
const UNSPOKEN = 'Only version 4 of Engine.IO is spoken here (EIO=4).';

/** A Socket.IO server whose events are somebody else's business. */
export type SocketIoServer = Server;

/** A namespace of such a server. */
export type SocketIoNamespace = Namespace;

const foreignOrigin = (origin: string) =>
  new WirepactError('FORBIDDEN', `Pages of the origin ${origin.slice(0, 200)} may not connect here.`);

/** Who refuses pages of foreign origins, and logs them. */
function createOrigins(options: Pick<TransportOptions<never>, 'corsOrigin' | 'trustProxy' | 'logger'>) {
  checkCorsOrigin(options.corsOrigin);
  return {
    foreignOriginOf: createOriginCheck(createProxyTrust(options.trustProxy)),
    log: createOriginLog(options.logger),
  };
}

/** A Socket.IO server that reads and takes only what a client of the contract may send. */
function createStrictServer<Events extends EventRegistry>(
  path: string,
  {
    corsOrigin,
    checksOrigin,
    bounds,
    maxQueuedPackets,
    maxWaitingBytes,
    isFast,
    fleet,
    ...options
  }: TransportOptions<Events>,
  isReleased: () => boolean,
) {
  const origins = createOrigins({ corsOrigin, ...options });
  const { parser, link } = createPacketParser({
    maxQueued: maxQueuedPackets,
    bounds: {
      maxDepth: ANSWERED_FACTOR * bounds.maxDepth,
      maxProperties: ANSWERED_FACTOR * bounds.maxProperties,
      maxValues: bounds.maxSize,
    },
  });
  const encoder = new parser.Encoder();
  const Local = isFast ? createTurnAdapter(encoder) : Adapter;
  const io = new Server({
    path,
    parser,
    ...(isFast && { wsEngine: createTurnEngine(Math.min(MAX_HELD_BYTES, maxWaitingBytes / HELD_FRACTION)) }),
    adapter: fleet ? createFleetAdapter(fleet.createAdapter, Local, encoder) : Local,
    allowRequest: (request, decide) => {
      const origin = origins.foreignOriginOf(request, corsOrigin);
      // A browser lets no page of a foreign origin read what is polled, whatever the server does.
      if (origin !== undefined && (checksOrigin || !request.headers.upgrade)) origins.log(origin);
      if (origin !== undefined && checksOrigin) decide(foreignOrigin(origin).message, false);
      // Engine.IO would open a websocket of an older version first, and then write HTTP on it.
      else if (request.headers.upgrade && !SPOKEN.test(request.url ?? '')) decide(UNSPOKEN, false);
      else decide(null, !isReleased());
    },
    serveClient: false,
    maxHttpBufferSize: BYTES_PER_UNIT * bounds.maxSize + ENVELOPE_BYTES,
    // Sockets that nobody takes are ended by us, also where their other side stays.
    destroyUpgrade: false,
    ...(corsOrigin !== undefined && {
      cors: { origin: corsOrigin, credentials: namesOrigins(corsOrigin) },
    }),
  });
  return { io, link };
}

/** Puts a Socket.IO server on a path of an http server; returns what takes it off again, whatever is going on there. */
function mount(io: Server, httpServer: HttpServer, path: string): () => void {
  let upgrades: ReturnType<typeof watchUpgrades> | undefined;
  let detach: (() => void) | undefined;
  const attach = () => {
    io.attach(httpServer);
    upgrades = watchUpgrades(httpServer, path);
  };
  const unclaim = claimPath(httpServer, path, () => {
    detach = attachReversibly(httpServer, attach);
  });
  return () => {
    io.engine.close();
    upgrades?.destroyAll();
    unclaim();
    detach?.();
  };
}

/** Attaches to an http server on a path of its own; everything else stays with the http server's owner. */
export function attachToHttpServer<Events extends EventRegistry>(
  httpServer: HttpServer,
  options: TransportOptions<Events>,
): Transport<Events> {
  const path = `${options.path.replace(/\/$/, '')}/`;
  let isReleased = false;
  const { io, link } = createStrictServer(path, options, () => isReleased);
  const { adapter } = io.of('/');
  let unmount: () => void;
  try {
    unmount = mount(io, httpServer, path);
  } catch (cause) {
    adapter.close();
    throw cause;
  }
  io.engine.on('connection', link);
  if (options.isFast) {
    io.engine.on('connection', writeDirectly);
    forgetResponses(io.engine);
  } else limitPongs(io.engine);
  options.fleet?.onAttached?.(io);
  const ending = new Set<Promise<void>>();
  return createNamespaceTransport(io.of('/'), options, {
    isOurs: true,
    checkOrigin: () => undefined,
    onLetIn: (socket) => {
      if (options.isFast) forgetRequest(socket);
    },
    endSocket: (socket, reason) => {
      // Socket.IO's clients come back by themselves unless they are told to disconnect.
      if (!END_REASONS[reason].reconnect) socket.disconnect();
      const ended = closeOnceWritten(socket.conn);
      ending.add(ended);
      void ended.then(() => ending.delete(ended));
    },
    release: async () => {
      isReleased = true;
      await Promise.all(ending);
      unmount();
      adapter.close();
    },
  });
}

/** What a Socket.IO server of the host's says of origins, as far as it can be looked at. */
function corsOriginOf(io: Server): CorsOrigin | undefined {
  const origin = propertyOf(io.engine.opts.cors, 'origin');
  const isKnown = (value: unknown) =>
    typeof value === 'boolean' || typeof value === 'string' || value instanceof RegExp;
  return isKnown(origin) || (Array.isArray(origin) && origin.every(isKnown))
    ? (origin as CorsOrigin)
    : undefined;
}

/** Uses one namespace of a Socket.IO server that somebody else runs. */
export function attachToSocketIo<Events extends EventRegistry>(
  io: SocketIoServer,
  namespace: string,
  options: TransportOptions<Events>,
): Transport<Events> {
  const origins = createOrigins(options);
  return createNamespaceTransport(io.of(namespace), options, {
    isOurs: false,
    checkOrigin: ({ request }) => {
      if (!options.checksOrigin) return;
      const origin = origins.foreignOriginOf(request, options.corsOrigin ?? corsOriginOf(io));
      if (origin === undefined) return;
      origins.log(origin);
      throw foreignOrigin(origin);
    },
    onLetIn: () => undefined,
    // The connection may be used by the host's namespaces as well.
    endSocket: (socket) => {
      socket.disconnect();
      void closeUnused(socket);
    },
    release: () => Promise.resolve(),
  });
}
