import type { ContractDocument } from '../contract-document';
import type { ContractDiff } from './contract-change';

/** What is wrong with the version of a changed contract. */
export interface VersionProblem {
  /** What is wrong, and what to do. */
  readonly message: string;
  /** The least version that would do, where there is one. */
  readonly needed?: string;
}

type Version = readonly [major: number, minor: number, patch: number, prerelease: string];

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

function parseVersion(version: string): Version | undefined {
  const [, major, minor, patch, prerelease = ''] = VERSION.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch), prerelease];
}

/** The least version after `version` that `bump` asks for. Before 1.0 the minor part counts breaks, as npm has it. */
function neededVersion(
  [major, minor, patch]: Version,
  bump: ContractDiff['bump'],
): readonly [number, number, number] {
  if (bump === 'none') return [major, minor, patch];
  if (bump === 'patch' || (major === 0 && bump === 'minor')) return [major, minor, patch + 1];
  return bump === 'minor' || major === 0 ? [major, minor + 1, 0] : [major + 1, 0, 0];
}

const isBelow = (one: readonly number[], other: readonly number[]) => {
  const index = [0, 1, 2].find((part) => one[part] !== other[part]);
  return index !== undefined && (one[index] ?? 0) < (other[index] ?? 0);
};

/**
 * What is wrong with `after`'s version, given what has changed; `undefined` where it is raised enough. A version with a
 * pre-release tag promises nothing yet, so between two such of the same version anything may change.
 */
export function checkVersion(
  before: ContractDocument,
  after: ContractDocument,
  { bump }: ContractDiff,
): VersionProblem | undefined {
  const [was, is] = [parseVersion(before.version), parseVersion(after.version)];
  if (!was || !is) {
    const wrong = was ? after : before;
    return {
      message: `${wrong.title}: "${wrong.version}" is no version; write three numbers, such as 1.0.0.`,
    };
  }
  const [core, next] = [was.slice(0, 3).map(Number), is.slice(0, 3).map(Number)];
  if (isBelow(next, core))
    return { message: `${after.title}: version ${after.version} is below ${before.version}; raise it.` };
  const least = was[3] === '' ? neededVersion(was, bump) : core;
  const missing = isBelow(next, least) || (bump !== 'none' && before.version === after.version);
  if (!missing) return undefined;
  const needed = least.join('.');
  const message = `${after.title}: version ${before.version} -> ${after.version} is not enough for these changes (${bump}); it has to be ${needed} or higher.`;
  return { message, needed };
}
