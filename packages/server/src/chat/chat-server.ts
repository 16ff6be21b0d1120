import type { Contract } from '@wirepact/contract/runtime';
import { type Protocol, protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Attach, Server, ServerParts, ServerSetup } from '../runtime/application';
import type { ChannelOf } from '../runtime/channels/channel-handle';
import type { DisconnectOptions } from '../runtime/disconnect';
import type { AnyConnection, Authorization, AuthorizationOptions } from '../runtime/gateway/authorization';
import { withDeadline } from '../runtime/gateway/deadline';
import type { Health } from '../runtime/health';
import { warnOfOpenDoors } from '../runtime/open-doors';
import { aFunction, checkOptions } from '../runtime/option-checks';
import type { Emitter } from '../runtime/ports/emitter';
import type { Identity } from '../runtime/ports/identity';
import { readPresenceParts } from '../runtime/presence-parts';
import { serve } from '../runtime/serve';
import { CHAT_SESSION_NAMES, type ChatApplication, createChatApplication } from './chat-application';
import { agentOf } from './chat-connection';
import { ALWAYS_ALLOWED, RESTRICTED } from './chat-events';
import { createChatServices } from './chat-services';
import { openChatStore } from './chat-store';
import { createRestHandler, type RestHandler } from './elizaos/rest-handler';
import type { ElizaosRestOptions } from './elizaos/rest-request';
import { createLogging, type Logging } from './logs/logger';
import { type ChatContract, type ChatServerOptions, readChatNumbers } from './options';
import type { Agent } from './ports/agent';
import type { Attempt } from './ports/attempt';
import { toChannelId } from './services/channel-id';
import { createChannelJournal } from './services/channel-journal';
import type { ChannelService } from './services/channels';
import { ExtensionRooms } from './services/extension-rooms';
import type { MessageService } from './services/messages';

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
  /**
   * Finds a channel, or a room of the extension's own, to publish the extension's durable events in: members get them in
   * order and once, in a channel among its messages.
   */
  readonly channel: ChannelOf<C>;
  /** Sends an event of the contract to everybody in a channel. */
  to(channelId: string): Emitter<C['serverToClient']>;
  /**
   * Ends every connection that is signed in as an entity, and answers with how many there were to this process. Other
   * processes are told where `scaleOut`, or an adapter, joins them, and can be reached now. What `authenticate` says decides
   * whether it may connect again. A string is the `reason`.
   * @throws WirepactError `INVALID_OPTIONS` where the id is no text
   */
  disconnect(entityId: string, options?: string | DisconnectOptions): number;
  /**
   * Answers the requests of HTTP that pages of ElizaOS send besides (`/api/messaging`), as a handler for Node's http server
   * or as middleware of Express. They are signed in, counted, authorized and limited as the events that do the same;
   * `authenticate` finds a bearer token in `auth.token`, and `x-api-key` in `auth.apiKey`.
   *
   * @example
   * app.use(chat.elizaosRest());
   */
  elizaosRest(options?: ElizaosRestOptions): RestHandler;
  /**
   * Whether this server should be given clients: its store answers, what joins the processes does, and it is not closing. For a route
   * that a load balancer asks; it takes a second at most and never rejects.
   */
  health(): Promise<Health>;
  /**
   * Ends: sends clients elsewhere (`drainSpreadMs`), refuses new connections and events, waits for those under way (`drainTimeoutMs` at most), then
   * disconnects everybody. The host's http or Socket.IO server goes on. Closing again changes nothing.
   */
  close(): Promise<void>;
}

/** The message of `connection_established`, word for word the document's. */
const GREETING = 'Connected to Eliza Socket.IO server';

/** What stands open where the host has not said who may do what. */
const OPEN_DOORS = {
  authenticate: 'connect and send under any name',
  authorize: 'join any channel and read the log',
};

/** What the host is asked about, with its channel spelled as the services spell it. */
const toAttempt: AuthorizationOptions<Attempt>['toAttempt'] = (
  { identity, address },
  { event, payload, room: named },
) => {
  const room = named?.name === 'channel' ? { ...named, id: toChannelId(named.id) } : named;
  const channelId = room?.name === 'channel' ? room.id : undefined;
  return { identity, address, event, payload, room, channelId };
};

/** Nobody speaks for the server's own agents. */
function refuseAgents(agents: readonly Agent[]) {
  const ids = new Set(agents.map(({ id }) => id.toLowerCase()));
  return (actor: string) =>
    ids.has(actor.toLowerCase()) ? 'Nobody may act as an agent of this server.' : undefined;
}

/** Whether a connection could still join a channel that it is in. */
const mayStillJoin =
  (authorization: Authorization) =>
  (connection: AnyConnection, channelId: string): Promise<boolean> => {
    const room = { name: 'channel', id: channelId };
    const subject = { event: 'join_channel', payload: { channelId }, room, actor: undefined };
    return authorization.stillAllows(connection, subject);
  };

/** The chat as a server that is to be set up. */
const toSetup = <C extends ChatContract>(
  options: ChatServerOptions<C>,
  logger: Logger,
): ServerSetup<C['serverToClient'], Attempt> => ({
  contract: (options.extension?.contract ?? protocol) satisfies Contract,
  protocolName: protocol.name,
  names: CHAT_SESSION_NAMES,
  options,
  authorization: {
    authorize: options.authorize,
    toAttempt,
    refuseActor: refuseAgents(options.agents ?? []),
    alwaysAllowed: ALWAYS_ALLOWED,
    restricted: RESTRICTED,
  },
  greetingOf: (connection) => ({
    message: GREETING,
    socketId: connection.id,
    ...agentOf(connection.handshake),
    protocolVersion: protocol.version,
  }),
  // The chat's own are checked where they are made, or are read from a journal that leaves out what is broken.
  isChecked: (event) => Object.hasOwn(protocol.serverToClient, event),
  logger,
});

/** What a chat server does, with everything that it keeps and serves. */
function openApplication<C extends ChatContract>(
  options: ChatServerOptions<C>,
  parts: ServerParts<C['serverToClient']>,
  logging: Logging,
  logger: Logger,
) {
  const { broadcaster, authorization, meter } = parts;
  const { extension } = options;
  const contract: Contract = extension?.contract ?? protocol;
  const limits = readChatNumbers(options);
  const chatStore = openChatStore(options, process.env, meter, logger);
  const { store } = chatStore;
  const journal = createChannelJournal(store, contract, meter, logger);
  const { hookTimeoutMs } = parts.numbers;
  const services = createChatServices(options, limits, {
    contract,
    store,
    journal,
    broadcaster,
    peers: parts.peers,
    logging,
    mayStillBeIn: mayStillJoin(authorization),
    hookTimeoutMs,
    presenceParts: readPresenceParts(options, logger),
    meter,
    tracing: parts.tracing,
  });
  const names = CHAT_SESSION_NAMES;
  const rooms = new ExtensionRooms({
    contract,
    names,
    store,
    journal,
    authorization,
    limits,
    peers: parts.peers,
    ...services,
  });
  return createChatApplication({ parts, services, chatStore, rooms, extension });
}

/** A chat server, on whatever it is attached to. */
export function assembleChatServer<C extends ChatContract>(
  attach: Attach<C['serverToClient']>,
  options: ChatServerOptions<C>,
): { chat: AttachedChatServer<C>; logger: Logger } {
  const logging = createLogging(options.logger, options.logStream, process.env.LOG_LEVEL ?? 'info');
  const logger = logging.logger.child({ category: 'server' });
  const server = serve(attach, toSetup(options, logging.logger), (parts) =>
    openApplication(options, parts, logging, logger),
  );
  warnOfOpenDoors(options, OPEN_DOORS, logger);
  if (options.logger && !options.logStream)
    logger.warn(
      'log subscribers get nothing: the option `logger` is set without `logStream` (see createLogStream)',
    );

  return { chat: toChat(server, logger), logger };
}

/** A server at work as its host sees it. */
function toChat<C extends ChatContract>(
  {
    broadcaster,
    disconnect,
    application,
    call,
    entrance,
    health,
    close,
  }: Server<C['serverToClient'], ChatApplication<C>>,
  logger: Logger,
): AttachedChatServer<C> {
  const { services, chatStore, rooms, hookTimeoutMs } = application;
  return {
    get ready() {
      return chatStore.ready;
    },
    channels: services.channels,
    messages: services.messages,
    // What may be published, only the extension's types say: the services know the chat's events alone.
    channel: ((room: string, id: string) => rooms.handle(room, id)) as ChannelOf<C>,
    to: (channelId) => broadcaster.to(toChannelId(channelId)),
    disconnect,
    elizaosRest(options = {}) {
      checkOptions(options, { channelsOf: aFunction });
      const { channelsOf: ask = () => [] }: ElizaosRestOptions = options;
      const channelsOf = (identity: Identity | undefined) =>
        withDeadline(Promise.resolve(ask(identity)), hookTimeoutMs, 'The list of channels');
      return createRestHandler({ services: { ...services, channelsOf }, entrance, call, logger });
    },
    health,
    close,
  };
}
