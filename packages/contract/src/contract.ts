import { type ErrorRegistry, PIPELINE_ERRORS, WirepactError } from './error';
import type { EventDefinition } from './event';

/** Events by their name on the wire. */
export type EventRegistry = Readonly<Record<string, EventDefinition>>;

/** A versioned set of events between Socket.IO clients and a server. */
export interface Contract<
  ClientToServer extends EventRegistry = EventRegistry,
  ServerToClient extends EventRegistry = EventRegistry,
  Errors extends ErrorRegistry = ErrorRegistry,
> {
  readonly name: string;
  /** Semantic version of the wire: a breaking change needs a new major version. */
  readonly version: string;
  /** Every code that may reach the wire, the pipeline's own included. */
  readonly errors: Errors;
  readonly clientToServer: ClientToServer;
  readonly serverToClient: ServerToClient;
}

/** What {@link defineContract} and {@link extendContract} take. */
export interface ContractOptions<
  ClientToServer extends EventRegistry,
  ServerToClient extends EventRegistry,
  Errors extends ErrorRegistry,
> {
  readonly name: string;
  readonly version: string;
  readonly errors?: Errors;
  readonly clientToServer: ClientToServer;
  readonly serverToClient: ServerToClient;
}

/** Names that Socket.IO and Node's EventEmitter keep for themselves; a packet with one is refused. */
const RESERVED_NAMES = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
]);

function checkEvents(contractName: string, events: EventRegistry, errors: ErrorRegistry): void {
  for (const [name, event] of Object.entries(events)) {
    if (RESERVED_NAMES.has(name)) {
      throw new WirepactError(
        'INVALID_CONTRACT',
        `${contractName}: "${name}" is reserved by Socket.IO; rename the event.`,
      );
    }
    const unknown = event.errors.find((code) => !Object.hasOwn(errors, code));
    if (unknown) {
      throw new WirepactError(
        'INVALID_CONTRACT',
        `${contractName}: event "${name}" names the error ${unknown}, which the contract's \`errors\` does not define.`,
      );
    }
  }
}

/**
 * Declares a contract: its events in both directions and its error codes.
 *
 * @throws WirepactError `INVALID_CONTRACT` where an event has a name that Socket.IO reserves, or
 * names an error code that the registry lacks.
 *
 * @example
 * const board = defineContract({
 *   name: 'board',
 *   version: '1.0.0',
 *   clientToServer: { move_card },
 *   serverToClient: { cardMoved },
 * });
 */
export function defineContract<
  ClientToServer extends EventRegistry,
  ServerToClient extends EventRegistry,
  Errors extends ErrorRegistry = Record<never, never>,
>(
  options: ContractOptions<ClientToServer, ServerToClient, Errors>,
): Contract<ClientToServer, ServerToClient, Errors & typeof PIPELINE_ERRORS> {
  const { name, version, clientToServer, serverToClient } = options;
  const errors = { ...PIPELINE_ERRORS, ...options.errors } as Errors & typeof PIPELINE_ERRORS;
  checkEvents(name, clientToServer, errors);
  checkEvents(name, serverToClient, errors);
  return { name, version, errors, clientToServer, serverToClient };
}

function refuseRedefinition(contractName: string, kind: string, base: object, added: object): void {
  const taken = Object.keys(added).find((key) => Object.hasOwn(base, key));
  if (taken) {
    throw new WirepactError(
      'INVALID_CONTRACT',
      `${contractName}: ${kind} "${taken}" is already in the contract it extends; an extension only adds.`,
    );
  }
}

/**
 * A contract with everything `base` has and the events and errors of `options` besides: one typed
 * map for a team's own events and the ones it builds on. An extension adds; it redefines nothing.
 *
 * @throws WirepactError `INVALID_CONTRACT` where a name is already in `base`.
 */
export function extendContract<
  BaseClientToServer extends EventRegistry,
  BaseServerToClient extends EventRegistry,
  BaseErrors extends ErrorRegistry,
  ClientToServer extends EventRegistry = Record<never, never>,
  ServerToClient extends EventRegistry = Record<never, never>,
  Errors extends ErrorRegistry = Record<never, never>,
>(
  base: Contract<BaseClientToServer, BaseServerToClient, BaseErrors>,
  options: Partial<ContractOptions<ClientToServer, ServerToClient, Errors>> & {
    name: string;
    version: string;
  },
): Contract<BaseClientToServer & ClientToServer, BaseServerToClient & ServerToClient, BaseErrors & Errors> {
  const added = {
    clientToServer: options.clientToServer ?? {},
    serverToClient: options.serverToClient ?? {},
    errors: options.errors ?? {},
  };
  refuseRedefinition(options.name, 'event', base.clientToServer, added.clientToServer);
  refuseRedefinition(options.name, 'event', base.serverToClient, added.serverToClient);
  refuseRedefinition(options.name, 'error', base.errors, added.errors);
  const errors = { ...base.errors, ...options.errors } as BaseErrors & Errors;
  const clientToServer = { ...base.clientToServer, ...options.clientToServer } as BaseClientToServer &
    ClientToServer;
  const serverToClient = { ...base.serverToClient, ...options.serverToClient } as BaseServerToClient &
    ServerToClient;
  checkEvents(options.name, added.clientToServer, errors);
  checkEvents(options.name, added.serverToClient, errors);
  return { name: options.name, version: options.version, errors, clientToServer, serverToClient };
}
