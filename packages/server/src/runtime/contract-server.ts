import { type Contract, type EventRegistry, SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Application, Attach, ServerParts, ServerSetup } from './application';
import { bindHandlers } from './bind-handlers';
import type { ChannelHandle, ChannelOf } from './channels/channel-handle';
import { createChannelHandlers } from './channels/channel-handlers';
import { type KeptStore, keepStore } from './channels/kept-store';
import { openChannels } from './channels/open-channels';
import { createPresenceHandlers } from './channels/presence-handlers';
import { type Connections, createConnections } from './connections';
import { CHANNEL_NUMBERS, type ContractAttempt, type ContractServerOptions } from './contract-server-options';
import type { AuthorizationOptions } from './gateway/authorization';
import type { Health } from './health';
import { warnOfOpenDoors } from './open-doors';
import { OwnError } from './own-error';
import type { Connection } from './ports/connection';
import type { EventStore } from './ports/event-store';
import type { Attempt } from './ports/identity';
import { readPresenceParts } from './presence-parts';
import { createRecipients, type Recipients } from './recipients';
import { serve } from './serve';
import { readNumbers } from './server-options';
import { hasChannels } from './session/session-events';

/** A contract that is served on somebody else's http or Socket.IO server; what it emits goes to everybody. */
export interface AttachedContractServer<C extends Contract>
  extends Recipients<C['serverToClient']>,
    Connections<C['serverToClient']> {
  /**
   * Resolves once the store is open, where there is one; what clients send before that waits. Read again after it has
   * rejected, it tries anew.
   * @throws WirepactError `STORE_UNAVAILABLE` with what is wrong and what to do.
   */
  readonly ready: Promise<void>;
  /** Finds a room with a journal, for the host to publish in. */
  readonly channel: ChannelOf<C>;
  /**
   * Whether this server should be given clients: its store answers, what joins the processes does, and it is not closing. For a route
   * that a load balancer asks; it takes a second at most and never rejects.
   */
  health(): Promise<Health>;
  /**
   * Ends: sends clients elsewhere (`drainSpreadMs`), refuses new connections and events, ends streams, waits for what is under way (`drainTimeoutMs` at most), then
   * disconnects everybody. The host's http or Socket.IO server goes on. Closing again changes nothing.
   */
  close(): Promise<void>;
}

/** What stands open where the host has not said who may do what. */
const OPEN_DOORS = { authenticate: 'connect, as anybody', authorize: 'send every event' };

/** What the host is asked about. */
const toAttempt: AuthorizationOptions<Attempt>['toAttempt'] = (
  { identity, address },
  { event, payload, room },
) => ({ identity, address, event, payload, room });

/** A contract as a server that is to be set up. */
const toSetup = <C extends Contract>(
  contract: C,
  options: ContractServerOptions<C>,
  logger: Logger,
): ServerSetup<C['serverToClient'], ContractAttempt<C>> => ({
  contract,
  protocolName: contract.name,
  names: SESSION_NAMES,
  options,
  authorization: {
    authorize: options.authorize,
    // The gateway asks about events of the contract alone, each with a payload that was checked, which no type can say.
    toAttempt: toAttempt as AuthorizationOptions<ContractAttempt<C>>['toAttempt'],
    alwaysAllowed: new Set(),
    restricted: new Set(),
  },
  logger,
});

/** A contract as an application: what its host does, and its rooms with a journal. */
interface ContractApplication<Events extends EventRegistry>
  extends Application<Events, { readonly connection: Connection<Events> }> {
  readonly kept: KeptStore<EventStore> | undefined;
  readonly channelOf: <Kind extends string>(
    room: Kind,
    id: string,
    sender?: Connection<Events>,
  ) => ChannelHandle<Events, Kind>;
}

/** The rooms of a contract that have journals, where it has some, and the store that keeps them. */
function openKept<C extends Contract>(
  contract: C,
  options: ContractServerOptions<C>,
  { broadcaster, peers, authorization, meter, tracing }: ServerParts<C['serverToClient']>,
  logger: Logger,
) {
  const { store, retention } = options;
  if (!store || !hasChannels(contract)) return undefined;
  const kept = keepStore(store, { retention, isOwn: false, meter, logger });
  const limits = readNumbers(options, CHANNEL_NUMBERS);
  const names = SESSION_NAMES;
  const shared = {
    contract,
    names,
    store,
    broadcaster,
    peers,
    authorization,
    limits,
    meter,
    tracing,
    logger,
  };
  return { kept, ...openChannels({ ...shared, presenceParts: readPresenceParts(options, logger) }) };
}

/** The handlers of a contract as an application of the server that every contract has. */
function createApplication<C extends Contract>(
  contract: C,
  options: ContractServerOptions<C>,
  parts: ServerParts<C['serverToClient']>,
  logger: Logger,
): ContractApplication<C['serverToClient']> {
  type Sender = Connection<C['serverToClient']>;
  const { handlers, use = [] } = options;
  const { streams, numbers, broadcaster } = parts;
  const { hookTimeoutMs: timeoutMs } = numbers;
  const opened = openKept(contract, options, parts, logger);
  const { kept, channels } = opened ?? {};
  const channelOf = <Kind extends string>(room: Kind, id: string, sender?: Sender) => {
    if (channels) return channels.handle(room, id, sender);
    throw new OwnError(
      'INVALID_OPTIONS',
      `${contract.name} has no durable events, and so no rooms with a journal.`,
    );
  };
  const bound = bindHandlers(handlers, {
    contract,
    streams,
    shared: createRecipients(broadcaster),
    connections: createConnections(broadcaster, parts.disconnect),
    // The pipeline gives the connections of this contract, which the handlers of all contracts are bound to alike.
    channelOf: (connection, room, id) => channelOf(room, id, connection as Sender),
    use,
    timeoutMs,
  });
  const isOfNoTime = (event: string) =>
    contract.clientToServer[event]?.stream !== undefined || event === SESSION_NAMES.join;
  return {
    kept,
    channelOf,
    contextOf: (connection) => ({ connection }),
    handlers: {
      ...bound,
      ...(opened && createChannelHandlers(SESSION_NAMES, opened.channels)),
      ...(opened && createPresenceHandlers(SESSION_NAMES, opened.presence)),
    },
    costs: {},
    timeoutOf: (event) => (isOfNoTime(event) ? undefined : timeoutMs),
    ...(opened && {
      onEnd: (connection) => opened.feed.forget(connection),
      checkStore: () => opened.kept.checkStore(),
      stop() {
        opened.presence.close();
        opened.feed.close();
      },
      release: () => opened.kept.close(),
    }),
  };
}

/** A server of a contract, on whatever it is attached to. */
export function assembleContractServer<C extends Contract>(
  attach: Attach<C['serverToClient']>,
  contract: C,
  options: ContractServerOptions<C>,
  root: Logger,
): AttachedContractServer<C> {
  const logger = root.child({ category: 'server' });
  const { broadcaster, disconnect, application, health, close } = serve(
    attach,
    toSetup(contract, options, root),
    (parts) => createApplication(contract, options, parts, logger),
  );
  warnOfOpenDoors(options, OPEN_DOORS, logger);
  const connections = createConnections(broadcaster, disconnect);
  return {
    ...createRecipients(broadcaster),
    get ready() {
      return application.kept?.ready ?? Promise.resolve();
    },
    channel: (room, id) => application.channelOf(room, id),
    get connections() {
      return connections.connections;
    },
    connectionsOf: connections.connectionsOf,
    disconnect: connections.disconnect,
    health,
    close,
  };
}
