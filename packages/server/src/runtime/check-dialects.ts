import { type Contract, versionsOf } from '@wirepact/contract/runtime';
import { invalidOption } from './option-checks';
import type { Dialect } from './ports/dialect';

/** @throws WirepactError `INVALID_OPTIONS` for a dialect of another contract, and for two of one name. */
export function checkDialects(contract: Contract, dialects: readonly Dialect[] = []): void {
  const names = new Set<string>();
  for (const dialect of dialects) {
    if (!Object.hasOwn(versionsOf(contract), dialect.contract.name))
      throw invalidOption(
        `The dialect ${dialect.name} is one of ${dialect.contract.name}, which is not served here: \`dialects\` are of ${contract.name}.`,
      );
    if (names.has(dialect.name)) throw invalidOption(`Two dialects are called ${dialect.name}.`);
    names.add(dialect.name);
  }
}
