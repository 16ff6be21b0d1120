import { checkOptions } from './check-options';
import { type Contract, type ContractDefinition, versionsOf } from './contract';
import { WirepactError } from './error';
import {
  CHECK_ERRORS,
  type ContractErrors,
  type ErrorDefinition,
  type ErrorRegistry,
  PIPELINE_ERRORS,
} from './error-registry';
import type { EventDefinition, EventDefinitions, EventRegistry } from './event';
import { isObject } from './is-object';
import type { PayloadSchema } from './payload-schema';
import type { PresenceRegistry } from './presence';
import {
  type ExtendedPresence,
  extendPresence,
  type PresenceDeclarations,
  type PresenceSchemasOf,
  readPresence,
} from './read-presence';
import { type SchemaLike, toPayloadSchema, type ValueOf } from './schema-like';
import { SESSION_PREFIX } from './session-names';
import { parseVersion } from './version';

/** An error code as it is declared. */
export interface ErrorOptions<Data extends SchemaLike | undefined = SchemaLike | undefined>
  extends Omit<ErrorDefinition, 'data'> {
  /** Schema of what is told besides, by TypeBox or any Standard Schema; left out where there is nothing more to tell. */
  readonly data?: Data;
}

/** Error codes by name, as they are declared. */
export type ErrorDeclarations = Readonly<Record<string, ErrorOptions>>;

/** The registry that comes of what is declared. */
export type ErrorsOf<Declared extends ErrorDeclarations> = {
  readonly [Code in keyof Declared]: ErrorDefinition<
    Declared[Code] extends { readonly data: infer Data extends SchemaLike }
      ? PayloadSchema<ValueOf<Data>>
      : undefined
  >;
};

/** What {@link defineContract} takes. */
export interface ContractOptions<
  ClientToServer extends EventDefinitions,
  ServerToClient extends EventDefinitions,
  Errors extends ErrorDeclarations,
  Presence extends PresenceDeclarations = PresenceDeclarations,
> {
  /** Names the contract in what is made from it, and among the versions that a client asks for. */
  readonly name: string;
  /** Semantic version of the wire: a breaking change needs a new major version. */
  readonly version: string;
  /** Codes of the contract's own, beside `CHECK_ERRORS`: all that its server answers with. Default: none. */
  readonly errors?: Errors;
  /**
   * Kinds of rooms whose members may be told who else is there, each with the schema of what a member says that it does
   * right now, such as typing: an object of at most 1,024 bytes as JSON. Default: none.
   */
  readonly presence?: Presence | undefined;
  /** What clients send, by name. */
  readonly clientToServer: ClientToServer;
  /** What the server sends, by name. */
  readonly serverToClient: ServerToClient;
}

/** Every option there is; the compiler asks for those that are forgotten. */
const CONTRACT_OPTIONS: Readonly<Record<keyof ContractOptions<never, never, never>, true>> = {
  name: true,
  version: true,
  errors: true,
  presence: true,
  clientToServer: true,
  serverToClient: true,
};

/** Names that Socket.IO and Node's EventEmitter keep for themselves, and the one that is no name in JavaScript. */
const RESERVED_NAMES = new Set([
  '__proto__',
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
]);

const refuse = (contractName: string, problem: string) =>
  new WirepactError('INVALID_CONTRACT', `${contractName}: ${problem}`);

/** True for what `defineEvent` gives. */
const isEvent = (event: unknown): event is EventDefinition =>
  isObject(event) && 'limits' in event && 'errors' in event && Array.isArray(event.errors);

function checkEvent(contractName: string, name: string, event: unknown, errors: ErrorRegistry): void {
  if (RESERVED_NAMES.has(name) || name.startsWith(SESSION_PREFIX))
    throw refuse(contractName, `"${name}" is a reserved name; rename the event.`);
  if (!isEvent(event))
    throw refuse(contractName, `"${name}" is not an event; declare it with \`defineEvent\`.`);
  const unknown = event.errors.find((code) => !Object.hasOwn(errors, code));
  if (unknown === undefined) return;
  throw refuse(
    contractName,
    `event "${name}" names the error ${unknown}, which the contract's \`errors\` does not define.`,
  );
}

/** What only events of the other direction may have. */
const ONE_WAY = { clientToServer: ['durable'], serverToClient: ['stream', 'resume', 'errors'] } as const;

function checkEvents(
  contractName: string,
  direction: 'clientToServer' | 'serverToClient',
  events: unknown,
  errors: ErrorRegistry,
): void {
  if (!isObject(events))
    throw refuse(contractName, `${direction} has to be an object of events by their names.`);
  for (const [name, event] of Object.entries(events)) {
    checkEvent(contractName, name, event, errors);
    checkDirection(contractName, name, direction, event);
  }
}

function checkDirection(
  contractName: string,
  name: string,
  direction: keyof typeof ONE_WAY,
  event: EventDefinition,
): void {
  const isSet = (option: keyof EventDefinition) => {
    const value = event[option];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  };
  const wrong = ONE_WAY[direction].find(isSet);
  if (wrong) throw refuse(contractName, `event "${name}": a ${direction} event has no \`${wrong}\`.`);
}

/** The registry that comes of what is declared. */
function readErrors<Declared extends ErrorDeclarations>(
  contractName: string,
  declared: Declared,
): ErrorsOf<Declared> {
  const read = ([code, { data, ...definition }]: [string, ErrorOptions]) => {
    const place = `${contractName}: error ${code}, data`;
    return [code, { ...definition, ...(data !== undefined && { data: toPayloadSchema(data, place) }) }];
  };
  // Each code keeps its own schema, which no type can follow through entries.
  return Object.fromEntries(Object.entries(declared).map(read)) as ErrorsOf<Declared>;
}

function checkVersion(name: string, version: string): void {
  if (parseVersion(version)) return;
  throw refuse(name, `the version ${JSON.stringify(version)} is not a semantic version such as "1.0.0".`);
}

/**
 * Declares a contract: its events in both directions and its error codes.
 *
 * @throws WirepactError `INVALID_CONTRACT` where the version is no semantic one, or an event has a name that
 * Socket.IO or the session reserves, names an error code that the registry lacks, or has what only events of the other
 * direction have; or `presence` names a room that no event of the server belongs to.
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
  ClientToServer extends EventDefinitions,
  ServerToClient extends EventDefinitions,
  const Errors extends ErrorDeclarations = Record<never, never>,
  const Presence extends PresenceDeclarations = Record<never, never>,
>(
  options: ContractOptions<ClientToServer, ServerToClient, Errors, Presence>,
): ContractDefinition<
  ClientToServer,
  ServerToClient,
  ErrorsOf<Errors> & typeof CHECK_ERRORS,
  PresenceSchemasOf<Presence>
> {
  checkOptions(`contract ${JSON.stringify(Object(options).name)}`, options, CONTRACT_OPTIONS);
  const { name, version, clientToServer, serverToClient } = options;
  checkVersion(name, version);
  const errors = { ...CHECK_ERRORS, ...readErrors(name, options.errors ?? ({} as Errors)) };
  checkEvents(name, 'clientToServer', clientToServer, errors);
  checkEvents(name, 'serverToClient', serverToClient, errors);
  const presence = readPresence(name, options.presence, serverToClient);
  return { name, version, errors, ...(presence && { presence }), clientToServer, serverToClient };
}

function refuseRedefinition(contractName: string, kind: string, base: object, added: object): void {
  const taken = Object.keys(added).find((key) => Object.hasOwn(base, key));
  if (taken) {
    throw refuse(
      contractName,
      `${kind} "${taken}" is already in the contract it extends; an extension only adds.`,
    );
  }
}

/** What {@link extendContract} takes. */
export interface ExtensionOptions<
  ClientToServer extends EventDefinitions,
  ServerToClient extends EventDefinitions,
  Errors extends ErrorDeclarations,
  Presence extends PresenceDeclarations = PresenceDeclarations,
> extends Partial<ContractOptions<ClientToServer, ServerToClient, Errors, Presence>> {
  readonly name: string;
  readonly version: string;
}

/**
 * A contract with everything `base` has and the events and errors of `options` besides: one typed
 * map for a team's own events and the ones it builds on. An extension adds; it redefines nothing. Where both declare the
 * presence of a kind of room, its states are as both say.
 * `base` may be a contract that was built.
 *
 * @throws WirepactError `INVALID_CONTRACT` where a name is already in `base`, or as `defineContract` does.
 */
export function extendContract<
  BaseClientToServer extends EventRegistry,
  BaseServerToClient extends EventRegistry,
  BaseErrors extends ContractErrors = Record<never, never>,
  ClientToServer extends EventDefinitions = Record<never, never>,
  ServerToClient extends EventDefinitions = Record<never, never>,
  const Errors extends ErrorDeclarations = Record<never, never>,
  BasePresence extends PresenceRegistry = Record<never, never>,
  const Presence extends PresenceDeclarations = Record<never, never>,
>(
  base: Contract<BaseClientToServer, BaseServerToClient> & {
    readonly errors?: BaseErrors;
    readonly presence?: BasePresence | undefined;
  },
  options: ExtensionOptions<ClientToServer, ServerToClient, Errors, Presence>,
) {
  checkOptions(`contract ${JSON.stringify(Object(options).name)}`, options, CONTRACT_OPTIONS);
  const { name, version } = options;
  const added = {
    clientToServer: options.clientToServer ?? ({} as ClientToServer),
    serverToClient: options.serverToClient ?? ({} as ServerToClient),
    errors: readErrors(name, options.errors ?? ({} as Errors)),
  };
  const baseErrors = base.errors ?? ({} as BaseErrors);
  checkVersion(name, version);
  refuseRedefinition(name, 'event', base.clientToServer, added.clientToServer);
  refuseRedefinition(name, 'event', base.serverToClient, added.serverToClient);
  refuseRedefinition(name, 'error', baseErrors, added.errors);
  // What was built has no codes but its own, and may be served by what answers with all of these.
  const isDeclared = Object.hasOwn(baseErrors, 'INTERNAL');
  const inherited = isDeclared ? CHECK_ERRORS : PIPELINE_ERRORS;
  const errors = { ...inherited, ...baseErrors, ...added.errors };
  checkEvents(name, 'clientToServer', added.clientToServer, errors);
  checkEvents(name, 'serverToClient', added.serverToClient, errors);
  const clientToServer = { ...base.clientToServer, ...added.clientToServer };
  const serverToClient = { ...base.serverToClient, ...added.serverToClient };
  const presence = extendPresence(base.presence, readPresence(name, options.presence, serverToClient));
  return {
    name,
    version,
    extends: versionsOf(base),
    errors,
    ...(presence && { presence: presence as ExtendedPresence<BasePresence, Presence> }),
    clientToServer,
    serverToClient,
  };
}
