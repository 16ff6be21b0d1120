import type { Contract, PayloadOf } from '@wirepact/contract/runtime';
import type { ContractContext, ContractHandlers, Middleware } from './contract-context';
import { findNearestName } from './nearest-name';
import {
  type Check,
  checkOptions,
  invalidOption,
  isObject,
  middleware,
  must,
  SERVER_OPTION_CHECKS,
  show,
} from './option-checks';
import type { Attempt, Authorize } from './ports/identity';
import type { ServerOptions } from './server-options';

/** What somebody is about to do: one of the events of a contract. */
export type ContractAttempt<C extends Contract> = {
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
  /** What runs around every handler, the first outermost. Default: nothing. */
  use?: readonly Middleware<ContractContext<C>>[];
}

/** The check of every option. */
const CHECKS: Readonly<Record<keyof ContractServerOptions<Contract>, Check>> = {
  ...SERVER_OPTION_CHECKS,
  handlers: must(isObject, 'an object with a handler for each event'),
  use: middleware,
};

/** A handler that no event has would never be called. */
function checkHandlers({ name, clientToServer }: Contract, handlers: object): void {
  const events = Object.keys(clientToServer);
  for (const [event, handler] of Object.entries(handlers)) {
    if (!events.includes(event)) {
      const meant = findNearestName(event, events);
      const advice = meant ? `did you mean \`${meant}\`?` : `its events are ${events.join(', ')}.`;
      throw invalidOption(`${name} has no event \`${event}\` for a handler: ${advice}`);
    }
    if (typeof handler !== 'function')
      throw invalidOption(`The handler of \`${event}\` must be a function, not ${show(handler)}.`);
  }
  const missing = events.filter((event) => !Object.hasOwn(handlers, event));
  if (missing.length > 0) throw invalidOption(`No handler for ${missing.join(', ')} of ${name}.`);
}

/**
 * Refuses what is no contract, no option, and what an option cannot be.
 * @throws WirepactError `INVALID_OPTIONS` with what it is about, and what was probably meant.
 */
export function checkContractOptions(contract: unknown, options: unknown): void {
  const isContract =
    isObject(contract) &&
    ['clientToServer', 'serverToClient'].every((name) => isObject(Reflect.get(contract, name)));
  if (!isContract)
    throw invalidOption(`A contract made by \`defineContract\` comes first, not ${show(contract)}.`);
  checkOptions(options, CHECKS);
  const { handlers }: { handlers?: unknown } = options;
  if (!isObject(handlers)) throw invalidOption('`handlers` is missing: one function for each event.');
  // Looked at just now, as far as handlers are about it.
  checkHandlers(contract as Contract, handlers);
}
