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
  /** Versions of the contracts it builds on, by name; left out where it builds on none. */
  readonly extends?: Readonly<Record<string, string>>;
  readonly clientToServer: ClientToServer;
  readonly serverToClient: ServerToClient;
}

/** The version of a contract and of those it builds on, by name. */
export const versionsOf = ({ name, version, ...contract }: Contract): Readonly<Record<string, string>> => ({
  ...contract.extends,
  [name]: version,
});

/** A contract as `defineContract` declares it: with all that is only for people and tools. */
export interface ContractDefinition<
  ClientToServer extends EventDefinitions = EventDefinitions,
  ServerToClient extends EventDefinitions = EventDefinitions,
  Errors extends ErrorRegistry = ErrorRegistry,
> extends Contract<ClientToServer, ServerToClient> {
  /** Every code that may reach the wire, the pipeline's own included. */
  readonly errors: Errors;
}
