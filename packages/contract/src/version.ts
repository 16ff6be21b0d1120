/** A semantic version in its parts. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** What stands behind the dash; empty for a release. */
  readonly prerelease: string;
}

const NUMBER = '(0|[1-9]\\d*)';
const LABEL = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const BUILD = '[0-9A-Za-z-]+';
const VERSION = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${LABEL}(?:\\.${LABEL})*))?(?:\\+${BUILD}(?:\\.${BUILD})*)?$`,
);

/** The parts of a version; `undefined` where it is none. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch, prerelease = ''] = VERSION.exec(text) ?? [];
  if (major === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease };
}

/** Below zero where `one` comes before `other`. Two pre-releases of one version are equal: none promises anything yet. */
export const compareVersions = (one: Version, other: Version): number =>
  one.major - other.major ||
  one.minor - other.minor ||
  one.patch - other.patch ||
  Number(one.prerelease === '') - Number(other.prerelease === '');
