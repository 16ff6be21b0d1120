import {
  type ContractDiff,
  type ContractDocument,
  checkVersion,
  diffContracts,
  formatDiff,
} from '@wirepact/cli';

/** Parts of a version, the least first, as changesets name them. */
const BUMPS: readonly string[] = ['none', 'patch', 'minor', 'major'] satisfies ContractDiff['bump'][];

/** The highest bump that changesets, as their texts, ask for this package; `none` where none names it. */
function bumpOf(changesets: readonly string[]): string {
  const asked = changesets.flatMap((text) => /^'@wirepact\/protocol': (\w+)$/m.exec(text)?.[1] ?? []);
  return asked.toSorted((one, other) => BUMPS.indexOf(other) - BUMPS.indexOf(one))[0] ?? 'none';
}

/**
 * What keeps the protocol from being merged, if anything: changes since the last release, which the lock holds, that
 * its version does not admit to, or that no changeset announces.
 */
export function findLockProblem(
  lock: ContractDocument,
  current: ContractDocument,
  changesets: readonly string[],
): string | undefined {
  const diff = diffContracts(lock, current);
  const problem = checkVersion(lock, current, diff);
  if (problem) return `${problem.message} Raise it in src/version.ts.\n\n${formatDiff(diff)}`;
  const announced = bumpOf(changesets);
  if (BUMPS.indexOf(announced) >= BUMPS.indexOf(diff.bump)) return undefined;
  return `The protocol changed (${diff.bump}), and no changeset says so: run \`pnpm changeset\`.\n\n${formatDiff(diff)}`;
}
