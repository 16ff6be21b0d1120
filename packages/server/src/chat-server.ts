import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Contract,
  type EventRegistry,
  type PayloadBounds,
  versionsOf,
  WirepactError,
} from '@wirepact/contract/runtime';
import { type Protocol, protocol } from '@wirepact/protocol';
import { ALWAYS_ALLOWED, RESTRICTED } from './chat-events';
import { createChatGateway } from './chat-gateway';
import { createChatServices } from './chat-services';
import { openChatStore } from './chat-store';
import { readRateLimit, readTrustProxy } from './environment';
import { createAuthentication } from './gateway/authentication';
import { createAuthorization } from './gateway/authorization';
import { createConnectCheck } from './gateway/connect-limit';
import { createRateMeters } from './gateway/rate-meter';
import { createSessions } from './gateway/sessions';
import { createVersionCheck } from './gateway/version-check';
import { greet, sayFarewell } from './greeting';
import { checkHost } from './host-check';
import { createLogging } from './logs/logger';
import { warnOfOpenDoors } from './open-doors';
import { checkOptions } from './option-checks';
import { type ChatContract, type ChatServerOptions, readNumbers } from './options';
import type { Emitter } from './ports/emitter';
import type { ChannelService } from './services/channels';
import type { MessageService } from './services/messages';
import { attachToHttpServer, attachToSocketIo, type SocketIoServer } from './transport/socket-io';
import type { Transport, TransportOptions } from './transport/transport';

/** How somebody is put out. */
export interface DisconnectOptions {
  /** What the client is told, for a developer to read. */
  readonly reason?: string;
  /**
   * True where the client should come back, with credentials that it asks for again: it is told IDENTITY_EXPIRED.
   * Default false: it is told KICKED, and stays away.
   */
  readonly reconnect?: boolean;
}

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
   * Ends every connection to this process that is signed in as an entity, and answers with how many there were. What
   * `authenticate` says decides whether it may connect again. A string is the `reason`.
   */
  disconnect(entityId: string, options?: string | DisconnectOptions): number;
  /**
   * Ends: refuses new connections and events, waits for those under way (`drainTimeoutMs` at most), then
   * disconnects everybody. The host's http or Socket.IO server goes on. Closing again changes nothing.
   */
  close(): Promise<void>;
}

/** The largest bounds that any event of clients has. */
function largestBounds({ clientToServer }: Contract): PayloadBounds {
  const limits = Object.values(clientToServer).map((event) => event.limits);
  const largest = (name: keyof PayloadBounds) => Math.max(0, ...limits.map((bounds) => bounds[name]));
  return {
    maxDepth: largest('maxDepth'),
    maxProperties: largest('maxProperties'),
    maxSize: largest('maxSize'),
  };
}

type Attach<Events extends EventRegistry> = (options: TransportOptions<Events>) => Transport<Events>;

/** The composition root: everything a chat server consists of, wired once. */
export function assembleChatServer<C extends ChatContract>(
  attach: Attach<C['serverToClient']>,
  options: ChatServerOptions<C>,
): AttachedChatServer<C> {
  const { agents = [], authenticate, authorize, extension } = options;
  const numbers = readNumbers(options);
  const { hookTimeoutMs: timeoutMs } = numbers;
  const trustProxy = readTrustProxy(options.trustProxy, process.env);
  const rateLimit = readRateLimit(options.rateLimit, process.env);
  const logging = createLogging(options.logger, options.logStream, process.env.LOG_LEVEL ?? 'info');
  const logger = logging.logger.child({ category: 'server' });
  const connectionLogger = logging.logger.child({ category: 'connection' });
  const contract: Contract = extension?.contract ?? protocol;
  const checkVersion = createVersionCheck(versionsOf(contract), protocol.name);
  const sessions = createSessions<C['serverToClient']>(
    authenticate && createAuthentication(authenticate, timeoutMs, logger),
  );

  const checkConnect =
    options.connectLimit === false || (options.connectLimit === undefined && !rateLimit)
      ? undefined
      : createConnectCheck(options.connectLimit ?? {}, logger);

  const transport = attach({
    path: options.path ?? '/socket.io/',
    corsOrigin: options.corsOrigin,
    checksOrigin: authenticate !== undefined || options.corsOrigin !== undefined,
    trustProxy,
    bounds: largestBounds(contract),
    maxWaitingBytes: numbers.maxWaitingBytes,
    maxQueuedPackets: numbers.maxQueuedPackets,
    logger: connectionLogger,
    identify: async (handshake) => {
      checkConnect?.(handshake.address);
      checkVersion(handshake.auth.protocol);
      return sessions.identify(handshake);
    },
    farewell: sayFarewell,
  });
  const chatStore = openChatStore(options, process.env, logger);
  const authorization = createAuthorization({
    authorize,
    reserved: new Set(agents.map(({ id }) => id.toLowerCase())),
    alwaysAllowed: ALWAYS_ALLOWED,
    restricted: RESTRICTED,
    timeoutMs,
    logger,
  });
  const services = createChatServices(options, numbers, {
    store: chatStore.store,
    broadcaster: transport,
    logging,
    mayStillBeIn: authorization.mayStillBeIn,
    reauthenticate: sessions.reauthenticate,
  });
  const extensionHandlers = extension?.handlers;
  const gateway = createChatGateway({ contract, extensionHandlers, authorization, numbers, logger });

  const meterOf = rateLimit && createRateMeters(rateLimit, logger);
  const capabilities = Object.keys(contract.clientToServer);
  transport.onConnection((connection) => {
    greet(connection, capabilities, connectionLogger);
    sessions.open(connection);
    const meter = meterOf?.(connection.address, connection.identity?.entityId);
    return gateway.accept({ connection, services }, connection, meter);
  });
  warnOfOpenDoors({ ...options, trustProxy }, logger);

  const end = async () => {
    transport.refuse();
    const drained = gateway.drain().then(() => services.agentTurns.idle());
    await Promise.race([drained, delay(numbers.drainTimeoutMs, undefined, { ref: false })]);
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
    disconnect(entityId, how = {}) {
      const { reason, reconnect = false } = typeof how === 'string' ? { reason: how } : how;
      const connections = transport.connectionsOf(entityId);
      for (const connection of connections) connection.end(reconnect ? 'IDENTITY_EXPIRED' : 'KICKED', reason);
      return connections.length;
    },
    close: () => {
      ended ??= end();
      return ended;
    },
  };
}

/** Told apart by shape: a host's Socket.IO may be another copy of the package. */
const isSocketIo = (host: HttpServer | SocketIoServer): host is SocketIoServer =>
  'of' in host && typeof host.of === 'function';

/** Options of the other kind of host would do nothing. */
function refuseOption(name: 'namespace' | 'path' | 'corsOrigin', options: object, advice: string): void {
  if (Reflect.get(options, name) === undefined) return;
  throw new WirepactError('INVALID_OPTIONS', `\`${name}\` does nothing here: ${advice}.`);
}

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
  checkHost(host);
  checkOptions(options);
  if (isSocketIo(host)) {
    refuseOption('path', options, 'the path of a Socket.IO server is an option of its own');
    const namespace = options.namespace ?? '/';
    return assembleChatServer<C>(
      (transportOptions) => attachToSocketIo(host, namespace, transportOptions),
      options,
    );
  }
  refuseOption('namespace', options, 'it is for a Socket.IO server of yours; an http server has `path`');
  return assembleChatServer<C>(
    (transportOptions) => attachToHttpServer(host, transportOptions, false),
    options,
  );
}
