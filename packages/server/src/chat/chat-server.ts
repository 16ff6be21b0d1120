import { setTimeout as delay } from 'node:timers/promises';
import type { Contract, EventRegistry } from '@wirepact/contract/runtime';
import { type Protocol, protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { readRateLimit, readTrustProxy } from '../runtime/environment';
import { type AnyConnection, createAuthorization } from '../runtime/gateway/authorization';
import type { Gateway } from '../runtime/gateway/gateway';
import { createRateMeters } from '../runtime/gateway/rate-meter';
import type { Subject } from '../runtime/gateway/route';
import type { Connection } from '../runtime/ports/connection';
import type { Emitter } from '../runtime/ports/emitter';
import type { Transport, TransportOptions } from '../runtime/transport/transport';
import { toChatConnection } from './chat-connection';
import { ALWAYS_ALLOWED, RESTRICTED } from './chat-events';
import { createChatGateway } from './chat-gateway';
import { createChatServices } from './chat-services';
import { createChatSessions } from './chat-sessions';
import { type ChatStore, openChatStore } from './chat-store';
import { toTransportSettings } from './chat-transport';
import { greet, sayFarewell } from './greeting';
import type { ChatContext, ChatServices } from './handlers/chat-context';
import { createLogging } from './logs/logger';
import { warnOfOpenDoors } from './open-doors';
import { type ChatContract, type ChatServerOptions, readNumbers } from './options';
import type { Agent } from './ports/agent';
import type { Attempt } from './ports/attempt';
import type { ChannelService } from './services/channels';
import type { MessageService } from './services/messages';

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
   * Resolves once the store is open; what clients send before that waits. Read again after it has rejected, it tries anew.
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

type Attach<Events extends EventRegistry> = (options: TransportOptions<Events>) => Transport<Events>;

const toAttempt = ({ identity, address }: AnyConnection, { event, payload, room }: Subject): Attempt => ({
  identity,
  address,
  event,
  payload,
  room,
  channelId: room?.name === 'channel' ? room.id : undefined,
});

/** Nobody speaks for the server's own agents. */
function refuseAgents(agents: readonly Agent[]) {
  const ids = new Set(agents.map(({ id }) => id.toLowerCase()));
  return (actor: string) =>
    ids.has(actor.toLowerCase()) ? 'Nobody may act as an agent of this server.' : undefined;
}

/** Says who may do what, by the host's hook and by what the chat's events are. */
const createChatAuthorization = (
  { agents = [], authorize }: Pick<ChatServerOptions, 'agents' | 'authorize'>,
  timeoutMs: number,
  logger: Logger,
) =>
  createAuthorization<Attempt>({
    authorize,
    toAttempt,
    refuseActor: refuseAgents(agents),
    alwaysAllowed: ALWAYS_ALLOWED,
    restricted: RESTRICTED,
    timeoutMs,
    logger,
  });

/** Ends connections as the host wants it; answers with how many. */
function disconnect(
  connections: readonly Pick<Connection<EventRegistry>, 'end'>[],
  options: string | DisconnectOptions,
): number {
  const { reason, reconnect = false } = typeof options === 'string' ? { reason: options } : options;
  for (const connection of connections) connection.end(reconnect ? 'IDENTITY_EXPIRED' : 'KICKED', reason);
  return connections.length;
}

/** Calls `work` the first time only; everybody gets its promise. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** What a chat server closes. */
interface Parts {
  readonly transport: Pick<Transport<EventRegistry>, 'refuse' | 'close'>;
  readonly gateway: Gateway<ChatContext>;
  readonly services: ChatServices;
  readonly chatStore: ChatStore;
}

/** Takes nothing new, lets what is under way finish in time, then ends everything. */
async function closeInOrder({ transport, gateway, services, chatStore }: Parts, drainTimeoutMs: number) {
  transport.refuse();
  const drained = gateway.drain().then(() => services.agentTurns.idle());
  await Promise.race([drained, delay(drainTimeoutMs, undefined, { ref: false })]);
  services.agentTurns.close();
  services.feed.close();
  await transport.close();
  await chatStore.close();
}

/** The composition root: everything a chat server consists of, wired once. */
export function assembleChatServer<C extends ChatContract>(
  attach: Attach<C['serverToClient']>,
  options: ChatServerOptions<C>,
): { chat: AttachedChatServer<C>; logger: Logger } {
  const { extension } = options;
  const numbers = readNumbers(options);
  const { hookTimeoutMs: timeoutMs } = numbers;
  const trustProxy = readTrustProxy(options.trustProxy, process.env);
  const rateLimit = readRateLimit(options.rateLimit, process.env);
  const logging = createLogging(options.logger, options.logStream, process.env.LOG_LEVEL ?? 'info');
  const logger = logging.logger.child({ category: 'server' });
  const connectionLogger = logging.logger.child({ category: 'connection' });
  const contract: Contract = extension?.contract ?? protocol;

  const sessionDeps = { contract, rateLimit, timeoutMs, logger };
  const sessions = createChatSessions(options, sessionDeps);
  const transport = attach({
    ...toTransportSettings(options, numbers, contract),
    trustProxy,
    identify: sessions.identify,
    farewell: sayFarewell,
    logger: connectionLogger,
  });
  const chatStore = openChatStore(options, process.env, logger);
  const authorization = createChatAuthorization(options, timeoutMs, logger);
  const services = createChatServices(options, numbers, {
    store: chatStore.store,
    broadcaster: transport,
    logging,
    mayStillBeIn: (connection, channelId) => {
      const room = { name: 'channel', id: channelId };
      const subject = { event: 'join_channel', payload: { channelId }, room, actor: undefined };
      return authorization.stillAllows(connection, subject);
    },
    reauthenticate: sessions.reauthenticate,
  });
  const extensionHandlers = extension?.handlers;
  const gateway = createChatGateway({ contract, extensionHandlers, authorization, numbers, logger });

  const meterOf = rateLimit && createRateMeters(rateLimit, logger);
  const capabilities = Object.keys(contract.clientToServer);
  transport.onConnection((opened) => {
    const connection = toChatConnection(opened);
    greet(connection, capabilities, connectionLogger);
    sessions.open(connection);
    const meter = meterOf?.(connection.address, connection.identity?.entityId);
    return gateway.accept({ connection, services }, connection, meter);
  });
  warnOfOpenDoors({ ...options, trustProxy }, logger);

  const chat: AttachedChatServer<C> = {
    get ready() {
      return chatStore.ready;
    },
    channels: services.channels,
    messages: services.messages,
    to: (channelId) => transport.to(channelId),
    disconnect: (entityId, how = {}) => disconnect(transport.connectionsOf(entityId), how),
    close: once(() => closeInOrder({ transport, gateway, services, chatStore }, numbers.drainTimeoutMs)),
  };
  return { chat, logger };
}
