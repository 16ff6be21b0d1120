import type { Contract, PayloadOf, SESSION_EVENTS, SESSION_NAMES } from '@wirepact/contract/runtime';
import { checkPresenceRooms, journalRoomsOf } from './channels/journal-rooms';
import { checkContract, checkHandlers } from './contract-check';
import type { ContractContext, ContractHandlers, Middleware } from './contract-context';
import {
  type Check,
  checkOptions,
  count,
  hasMethods,
  invalidOption,
  isObject,
  middleware,
  must,
  RETENTION_CHECK,
  SERVER_OPTION_CHECKS,
} from './option-checks';
import type { EventStore, Retention } from './ports/event-store';
import type { Attempt, Authorize } from './ports/identity';
import type { ServerOptions } from './server-options';
import { hasChannels } from './session/session-events';

/** Somebody is about to take part in a room that has a journal: from now on, or from where they were. */
export type JoinAttempt = Attempt<typeof SESSION_NAMES.join> & {
  readonly payload: PayloadOf<typeof SESSION_EVENTS.clientToServer.join>;
};

/** What somebody is about to do: one of the events of a contract, or taking part in one of its rooms. */
export type ContractAttempt<C extends Contract> = JoinAttempt | EventAttempt<C>;

type EventAttempt<C extends Contract> = {
  readonly [Name in keyof C['clientToServer'] & string]: Attempt<Name> & {
    readonly payload: PayloadOf<C['clientToServer'][Name]>;
  };
}[keyof C['clientToServer'] & string];

/** How a contract is served. Everything but `handlers` has a default. */
export interface ContractServerOptions<C extends Contract> extends ServerOptions {
  /** What each event of a client does. Each has `hookTimeoutMs` to answer; one that gives a stream has all the time it likes. */
  handlers: ContractHandlers<C>;
  /** Decides who may do what. Without it whoever is connected may do everything. */
  authorize?: Authorize<ContractAttempt<C>>;
  /**
   * Where rooms with a journal are kept, where the contract has durable events; the host closes what it opens. Such as
   * `createSqliteStore({ file })`, or `createMemoryStore()` for rooms that end with the process.
   */
  store?: EventStore;
  /** How much of each room is kept. Resuming from what is forgotten is refused. Default: everything. */
  retention?: Retention;
  /** Rooms with a journal that joins may create; one more fails with OVERLOADED. Default 10,000. */
  maxChannels?: number;
  /** Rooms with a journal that one connection may be in; one more fails with FORBIDDEN. Default 256. */
  maxChannelsPerConnection?: number;
  /** What runs around every handler, the first outermost. Default: nothing. */
  use?: readonly Middleware<ContractContext<C>>[];
}

/** The check of every option. */
const CHECKS: Readonly<Record<keyof ContractServerOptions<Contract>, Check>> = {
  ...SERVER_OPTION_CHECKS,
  handlers: must(isObject, 'an object with a handler for each event'),
  maxChannels: count,
  maxChannelsPerConnection: count,
  retention: RETENTION_CHECK,
  store: must(
    (value) => hasMethods(value, 'open', 'appendEvent', 'readJournal', 'close'),
    'a store, such as `createSqliteStore({ file })` makes',
  ),
  use: middleware,
};

/** Bounds of rooms with a journal, where a host leaves them out. */
export const CHANNEL_NUMBERS = { maxChannels: 10_000, maxChannelsPerConnection: 256 } as const;

/**
 * Refuses what is no contract, no option, and what an option cannot be.
 * @throws WirepactError `INVALID_OPTIONS` with what it is about, and what was probably meant.
 */
export function checkContractOptions(contract: unknown, options: unknown): void {
  checkContract(contract);
  checkOptions(options, CHECKS);
  const { handlers }: { handlers?: unknown } = options;
  if (!isObject(handlers)) throw invalidOption('`handlers` is missing: one function for each event.');
  checkHandlers(contract.name, Object.keys(contract.clientToServer), handlers);
  checkPresenceRooms(contract, journalRoomsOf(contract));
  if (hasChannels(contract) && !Object.hasOwn(options, 'store'))
    throw invalidOption(
      '`store` is missing: the contract has durable events, which have to be kept. Give `createSqliteStore({ file })`, or `createMemoryStore()` for what may end with the process.',
    );
}
