import type { Contract } from '@wirepact/contract/runtime';
import { findNearestName } from './nearest-name';
import { invalidOption, isObject, show } from './option-checks';

/** @throws WirepactError `INVALID_OPTIONS` where it is no contract, as far as serving one is about it. */
export function checkContract(contract: unknown): asserts contract is Contract {
  const isContract =
    isObject(contract) &&
    ['clientToServer', 'serverToClient'].every((name) => isObject(Reflect.get(contract, name)));
  if (isContract) return;
  throw invalidOption(`A contract made by \`defineContract\` comes first, not ${show(contract)}.`);
}

/**
 * Refuses what would never be called, and events that nothing would handle.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkHandlers(contractName: string, events: readonly string[], handlers: object): void {
  for (const [event, handler] of Object.entries(handlers)) {
    if (!events.includes(event)) {
      const meant = findNearestName(event, events);
      const advice = meant ? `did you mean \`${meant}\`?` : `its events are ${events.join(', ') || 'none'}.`;
      throw invalidOption(`${contractName} has no event \`${event}\` for a handler: ${advice}`);
    }
    if (typeof handler !== 'function')
      throw invalidOption(`The handler of \`${event}\` must be a function, not ${show(handler)}.`);
  }
  const missing = events.filter((event) => !Object.hasOwn(handlers, event));
  if (missing.length > 0) throw invalidOption(`No handler for ${missing.join(', ')} of ${contractName}.`);
}
