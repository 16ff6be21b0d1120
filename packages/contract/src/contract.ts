import type { ErrorRegistry } from './error';
import type { EventDefinitions, EventRegistry } from './event';

/** A versioned set of events between Socket.IO clients and a server: what both need at run time. */
export interface Contract<
  ClientToServer extends EventRegistry = EventRegistry,
  ServerToClient extends EventRegistry = EventRegistry,
> {
  readonly name: string;
  /** Semantic version of the wire: a breaking change needs a new major version. */
  readonly version: string;
  readonly clientToServer: ClientToServer;
  readonly serverToClient: ServerToClient;
}

/** A contract as `defineContract` declares it: with all that is only for people and tools. */
export interface ContractDefinition<
  ClientToServer extends EventDefinitions = EventDefinitions,
  ServerToClient extends EventDefinitions = EventDefinitions,
  Errors extends ErrorRegistry = ErrorRegistry,
> extends Contract<ClientToServer, ServerToClient> {
  /** Every code that may reach the wire, the pipeline's own included. */
  readonly errors: Errors;
}
