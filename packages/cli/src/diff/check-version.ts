import { compareVersions, parseVersion, type Version } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import type { ContractDiff } from './contract-change';

/** What is wrong with the version of a changed contract. */
export interface VersionProblem {
  /** What is wrong, and what to do. */
  readonly message: string;
  /** The least version that would do, where there is one. */
  readonly needed?: string;
  /** The command that puts it right, where one does. */
  readonly next?: string;
}

/** The least release after `version` that `bump` asks for. Before 1.0 the minor part counts breaks, as npm has it. */
function neededVersion({ major, minor, patch }: Version, bump: ContractDiff['bump']): Version {
  const release = { major, minor, patch, prerelease: '' };
  if (bump === 'none') return release;
  if (bump === 'patch' || (major === 0 && bump === 'minor')) return { ...release, patch: patch + 1 };
  if (bump === 'minor' || major === 0) return { ...release, minor: minor + 1, patch: 0 };
  return { ...release, major: major + 1, minor: 0, patch: 0 };
}

/** True where the numbers of `one` are below those of `other`. */
const isBelow = (one: Version, other: Version) =>
  compareVersions({ ...one, prerelease: '' }, { ...other, prerelease: '' }) < 0;

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
      message: `${wrong.title}: "${wrong.version}" is not a version; write three numbers, such as 1.0.0.`,
    };
  }
  if (compareVersions(is, was) < 0)
    return { message: `${after.title}: version ${after.version} is below ${before.version}; raise it.` };
  const least = neededVersion(was, was.prerelease === '' ? bump : 'none');
  const missing = isBelow(is, least) || (bump !== 'none' && before.version === after.version);
  if (!missing) return undefined;
  const needed = `${least.major}.${least.minor}.${least.patch}`;
  const message = `${after.title}: version ${before.version} -> ${after.version} is not enough for these changes (${bump}); it has to be ${needed} or higher.`;
  return { message, needed };
}
