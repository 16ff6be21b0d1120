import type { Contract } from '@wirepact/contract/runtime';
import { invalidOption, isObject, show } from './option-checks';

/** @throws WirepactError `INVALID_OPTIONS` where it is no contract, as far as serving one is about it. */
export function checkContract(contract: unknown): asserts contract is Contract {
  const isContract =
    isObject(contract) &&
    ['clientToServer', 'serverToClient'].every((name) => isObject(Reflect.get(contract, name)));
  if (isContract) return;
  throw invalidOption(`A contract made by \`defineContract\` comes first, not ${show(contract)}.`);
}
