import { createServer, type Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Contract,
  createDeprecationWarning,
  type Handlers,
  versionsOf,
} from '@wirepact/contract/runtime';
import { type Protocol, protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { createChatServices } from './chat-services';
import { openChatStore } from './chat-store';
import { createAuthentication } from './gateway/authentication';
import { createAuthorization } from './gateway/authorization';
import { emitMessageError } from './gateway/failure-report';
import { createGateway } from './gateway/gateway';
import { toRateKey } from './gateway/rate-key';
import { createRateLimiter } from './gateway/rate-limiter';
import { createVersionCheck } from './gateway/version-check';
import type { ChatContext } from './handlers/chat-context';
import { handlers } from './handlers/handlers';
import { createLogging } from './logs/logger';
import {
  type ChatContract,
  type ChatServerOptions,
  checkAgents,
  readRateLimit,
  readTrustProxy,
} from './options';
import type { Connection } from './ports/connection';
import type { Emitter } from './ports/emitter';
import type { ChannelService } from './services/channels';
import type { MessageService } from './services/messages';

import {
  attachToHttpServer,
  attachToSocketIo,
  type SocketIoServer,
  type Transport,
  type TransportOptions,
} from './transport/socket-io';

/** Port of the document's base URL. */
const DEFAULT_PORT = 3000;
const DEFAULT_DRAIN_TIMEOUT_MS = 5_000;
/** The message of `connection_established`, word for word the document's. */
const GREETING = 'Connected to Eliza Socket.IO server';

type ChatEvents = Protocol['serverToClient'];

/** A chat server at work on somebody else's http or Socket.IO server. */
export interface AttachedChatServer<C extends ChatContract = Protocol> {
  /**
   * Resolves once the store is open; what clients send before that waits.
   * @throws WirepactError `STORE_UNAVAILABLE` with what is wrong and what to do.
   */
  readonly ready: Promise<void>;
  /** Channels, for the host to create, update, clear and delete; members see it as the protocol's events. */
  readonly channels: ChannelService;
  /** Messages, for the host to post, list and delete; members see it as the protocol's events. */
  readonly messages: MessageService;
  /** Sends an event of the contract to everybody in a channel. */
  to(channelId: string): Emitter<C['serverToClient']>;
  /**
   * Ends: refuses new connections and events, waits for those under way (`drainTimeoutMs` at most), then
   * disconnects everybody. The host's http or Socket.IO server goes on. Closing again changes nothing.
   */
  close(): Promise<void>;
}

/** A chat server with an http server of its own. */
export interface ChatServer<C extends ChatContract = Protocol> extends AttachedChatServer<C> {
  readonly httpServer: HttpServer;
  /**
   * Starts to listen, once the store is open. Port 0 takes any free one. Default: the environment's `PORT`
   * or 3000, on every address. Resolves with the URL to connect to; rejects with Node's error where the port
   * is taken, and as {@link AttachedChatServer.ready}.
   */
  listen(port?: number, host?: string): Promise<{ url: string; port: number }>;
}

function warnOfOpenDoors(options: Omit<ChatServerOptions, 'extension'>, logger: Logger): void {
  if (!options.authenticate) logger.warn('no `authenticate`: anybody may connect and send as anybody');
  if (!options.authorize)
    logger.warn('no `authorize`: whoever connects may join any channel and read the log');
  if (options.logger && !options.logStream)
    logger.warn('no `logStream` beside `logger`: log subscribers get nothing');
}

/** Sends a connection the first event it gets, and notes in the log that it came and went. */
function greet(connection: Connection<ChatEvents>, capabilities: string[], logger: Logger): void {
  const { id, agentId } = connection;
  connection.emit('connection_established', {
    message: GREETING,
    socketId: id,
    ...(agentId !== undefined && { agentId }),
    protocolVersion: protocol.version,
    capabilities,
  });
  logger.debug({ category: 'connection', socketId: id }, 'connected');
  connection.closed.addEventListener('abort', () =>
    logger.debug({ category: 'connection', socketId: id, reason: connection.closed.reason }, 'disconnected'),
  );
}

type Attach<Events extends Contract['serverToClient']> = (
  options: TransportOptions<Events>,
) => Transport<Events>;

/** The composition root: everything a chat server consists of, wired once. */
function assemble<C extends ChatContract>(
  attach: Attach<C['serverToClient']>,
  options: ChatServerOptions<C>,
): AttachedChatServer<C> {
  const logging = createLogging(options.logger, options.logStream, process.env.LOG_LEVEL ?? 'info');
  const logger = logging.logger.child({ category: 'server' });
  checkAgents(options.agents ?? []);
  const rateLimit = readRateLimit(options.rateLimit, process.env);
  const contract: Contract = options.extension?.contract ?? protocol;
  const capabilities = Object.keys(contract.clientToServer);
  const checkVersion = createVersionCheck(versionsOf(contract), protocol.name);
  const authenticate = createAuthentication(options.authenticate, logger);
  const transport = attach({
    path: options.path ?? '/socket.io/',
    corsOrigin: options.corsOrigin,
    trustProxy: readTrustProxy(options.trustProxy, process.env),
    identify: async (handshake) => {
      checkVersion(handshake.auth.protocol);
      return authenticate(handshake);
    },
    farewell: () => undefined,
  });
  const chatStore = openChatStore(options, process.env, logger);
  const authorize = createAuthorization(options.agents ?? [], options.authorize);
  const services = createChatServices(options, {
    store: chatStore.store,
    broadcaster: transport,
    logging,
    async mayStillBeIn({ identity, address }, channelId) {
      const attempt = { identity, address, event: 'join_channel', payload: { channelId } };
      return Promise.resolve(authorize(attempt)).then(
        () => true,
        () => false,
      );
    },
    reauthenticate: async () => ({}),
  });
  const gateway = createGateway({
    contract,
    handlers: { ...handlers, ...options.extension?.handlers } as Handlers<Contract, ChatContext>,
    rateLimiter: rateLimit && createRateLimiter(rateLimit),
    authorize: ({ connection: { identity, address } }: ChatContext, event, payload) =>
      authorize({ identity, address, event, payload }),
    ...(process.env.NODE_ENV !== 'production' && {
      onUse: createDeprecationWarning((message) =>
        logger.warn(`a client used what it should not: ${message}`),
      ),
    }),
    onFailure: ({ connection }, event, payload, error) => emitMessageError(connection, event, payload, error),
    logger,
  });

  transport.onConnection((connection) => {
    const peer = {
      context: { connection, services },
      rateKey: toRateKey(connection.address),
      admission: Promise.resolve<unknown>(undefined),
    };
    greet(connection, capabilities, logger);
    return (event, args) => void gateway.dispatch(peer, event, args);
  });
  warnOfOpenDoors(options, logger);

  const end = async () => {
    transport.refuse();
    const drained = gateway.drain().then(() => services.agentTurns.idle());
    await Promise.race([
      drained,
      delay(options.drainTimeoutMs ?? DEFAULT_DRAIN_TIMEOUT_MS, undefined, { ref: false }),
    ]);
    services.agentTurns.close();
    services.feed.close();
    await transport.close();
    await chatStore.close();
  };
  let ended: Promise<void> | undefined;

  return {
    ready: chatStore.ready,
    channels: services.channels,
    messages: services.messages,
    to: (channelId) => transport.to(channelId),
    close: () => {
      ended ??= end();
      return ended;
    },
  };
}

/** Told apart by shape: a host's Socket.IO may be another copy of the package. */
const isSocketIo = (host: HttpServer | SocketIoServer): host is SocketIoServer =>
  'of' in host && typeof host.of === 'function';

/**
 * Adds the chat to a server the application already has: an http or https server (Express: what
 * `app.listen` returns; Fastify: `fastify.server`) or a Socket.IO server. Routes, upgrades and namespaces
 * besides its own stay as they are.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const chat = attachChatServer(httpServer, { agents: [eliza] });
 * await chat.channels.clear(channelId);
 */
export function attachChatServer<C extends ChatContract = Protocol>(
  host: HttpServer | SocketIoServer,
  options: ChatServerOptions<C> = {},
): AttachedChatServer<C> {
  return assemble<C>(
    (transportOptions) =>
      isSocketIo(host)
        ? attachToSocketIo(host, options.namespace ?? '/', transportOptions)
        : attachToHttpServer(host, transportOptions),
    options,
  );
}

/** Listens, or rejects with the error that kept it from listening. */
function listen(
  httpServer: HttpServer,
  port: number,
  host: string | undefined,
): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(port, host, () => {
      httpServer.off('error', reject);
      const address = httpServer.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve({ url: `http://${host ?? 'localhost'}:${actual}`, port: actual });
    });
  });
}

/**
 * A chat server of its own.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const chat = createChatServer({ agents: [eliza] });
 * const { url } = await chat.listen();
 */
export function createChatServer<C extends ChatContract = Protocol>(
  options: ChatServerOptions<C> = {},
): ChatServer<C> {
  const httpServer = createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('This server speaks Socket.IO only.\n');
  });
  const attached = attachChatServer<C>(httpServer, options);
  return {
    ...attached,
    httpServer,
    listen: async (port = Number(process.env.PORT ?? DEFAULT_PORT), host) => {
      await attached.ready;
      return listen(httpServer, port, host);
    },
    close: async () => {
      await attached.close();
      if (!httpServer.listening) return;
      const closed = new Promise((resolve) => httpServer.close(resolve));
      httpServer.closeAllConnections();
      await closed;
    },
  };
}
