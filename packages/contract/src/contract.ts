import type { ContractErrors, ErrorRegistry } from './error-registry';
import type { EventDefinitions, EventRegistry } from './event';
import type { PresenceRegistry } from './presence';

/** A versioned set of events between Socket.IO clients and a server: what both need at run time. */
export interface Contract<
  ClientToServer extends EventRegistry = EventRegistry,
  ServerToClient extends EventRegistry = EventRegistry,
  Errors extends ContractErrors = ContractErrors,
> {
  /** As the contract was defined with. */
  readonly name: string;
  /** Semantic version of the wire: a breaking change needs a new major version. */
  readonly version: string;
  /** Versions of the contracts it builds on, by name; left out where it builds on none. */
  readonly extends?: Readonly<Record<string, string>>;
  /** Codes of the contract's own; what was declared has those of the check besides. */
  readonly errors?: Errors;
  /** What members of a room say that they do, by the kind of room; left out where nobody is told who is in one. */
  readonly presence?: PresenceRegistry | undefined;
  /** What clients send, by name. */
  readonly clientToServer: ClientToServer;
  /** What the server sends, by name. */
  readonly serverToClient: ServerToClient;
}

/** The version of a contract and of those it builds on, by name. */
export const versionsOf = ({ name, version, ...contract }: Contract): Readonly<Record<string, string>> => ({
  ...contract.extends,
  [name]: version,
});

/** The versions that do not break what was made for `version`: see {@link versionRangesOf}. */
function toRange(version: string): string {
  const [precise = ''] = version.split('+');
  const [major, minor] = precise.split('.');
  if (precise.includes('-')) return precise;
  return major === '0' ? `~0.${minor}.0` : `^${major}.0.0`;
}

/**
 * What a client of this contract asks for in the handshake: ranges of versions by the name of a contract, this one and
 * those it builds on. `1.4.2` asks for `^1.0.0` and `0.3.1` for `~0.3.0`. A pre-release promises nothing to others and
 * asks for itself: `2.0.0-beta.1`.
 */
export const versionRangesOf = (contract: Contract): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(versionsOf(contract)).map(([name, version]) => [name, toRange(version)]));

/** A contract as `defineContract` declares it: with all that is only for people and tools. */
export interface ContractDefinition<
  ClientToServer extends EventDefinitions = EventDefinitions,
  ServerToClient extends EventDefinitions = EventDefinitions,
  Errors extends ErrorRegistry = ErrorRegistry,
  Presence extends PresenceRegistry = PresenceRegistry,
> extends Contract<ClientToServer, ServerToClient, Errors> {
  /** Every code that may reach the wire, those of the check included. */
  readonly errors: Errors;
  readonly presence?: Presence | undefined;
}
