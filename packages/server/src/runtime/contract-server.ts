import { type Contract, type EventRegistry, SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Application, Attach, ServerParts, ServerSetup } from './application';
import { bindHandlers } from './bind-handlers';
import type { Middleware } from './contract-context';
import type { ContractAttempt, ContractServerOptions } from './contract-server-options';
import { type DisconnectOptions, disconnect } from './disconnect';
import type { AuthorizationOptions } from './gateway/authorization';
import { warnOfOpenDoors } from './open-doors';
import type { Connection } from './ports/connection';
import type { Attempt } from './ports/identity';
import { createRecipients, type Recipients } from './recipients';
import { serve } from './serve';

/** A contract that is served on somebody else's http or Socket.IO server; what it emits goes to everybody. */
export interface AttachedContractServer<C extends Contract> extends Recipients<C['serverToClient']> {
  /** The connections to this process, as they are now. */
  readonly connections: readonly Connection<C['serverToClient']>[];
  /** The connections to this process that are signed in as an entity. */
  connectionsOf(entityId: string): readonly Connection<C['serverToClient']>[];
  /**
   * Ends every connection to this process that is signed in as an entity, and answers with how many there were. What
   * `authenticate` says decides whether it may connect again. A string is the `reason`.
   */
  disconnect(entityId: string, options?: string | DisconnectOptions): number;
  /**
   * Ends: refuses new connections and events, ends streams, waits for what is under way (`drainTimeoutMs` at most), then
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

/** The handlers of a contract as an application of the server that every contract has. */
function createApplication<Events extends EventRegistry>(
  contract: Contract,
  { handlers, use = [] }: { readonly handlers: object; readonly use?: readonly Middleware<never>[] },
  { streams, numbers, broadcaster }: ServerParts<Events>,
): Application<Events, { readonly connection: Connection<Events> }> {
  const { hookTimeoutMs: timeoutMs } = numbers;
  const shared = createRecipients(broadcaster);
  return {
    contextOf: (connection) => ({ connection }),
    handlers: bindHandlers(handlers, { contract, streams, shared, use, timeoutMs }),
    costs: {},
    timeoutOf: (event) => (contract.clientToServer[event]?.stream ? undefined : timeoutMs),
  };
}

/** A server of a contract, on whatever it is attached to. */
export function assembleContractServer<C extends Contract>(
  attach: Attach<C['serverToClient']>,
  contract: C,
  options: ContractServerOptions<C>,
  root: Logger,
): AttachedContractServer<C> {
  const { broadcaster, close } = serve(attach, toSetup(contract, options, root), (parts) =>
    createApplication(contract, options, parts),
  );
  warnOfOpenDoors(options, OPEN_DOORS, root.child({ category: 'server' }));
  return {
    ...createRecipients(broadcaster),
    get connections() {
      return broadcaster.connections();
    },
    connectionsOf: (entityId) => broadcaster.connectionsOf(entityId),
    disconnect: (entityId, how = {}) => disconnect(broadcaster.connectionsOf(entityId), how),
    close,
  };
}
