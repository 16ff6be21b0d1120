import fc from 'fast-check';
import { compare, valid } from 'semver';
import { expect, test } from 'vitest';
import { compareVersions, parseVersion } from './version';

const number = fc.constantFrom('0', '1', '2', '10', '01', '');
const label = fc.constantFrom(
  '',
  '-beta.1',
  '-beta.01',
  '-0',
  '-rc_1',
  '-a..b',
  '+build.7',
  '+b-1',
  '-x+y',
  '-x+',
);
const versions = fc.tuple(number, number, number, label).map(([a, b, c, rest]) => `${a}.${b}.${c}${rest}`);

test('[E2] what a contract takes for a version is one for those who compare it', () => {
  fc.assert(
    fc.property(versions, (version) => {
      expect(parseVersion(version) !== undefined).toBe(valid(version) !== null);
    }),
    { numRuns: 500 },
  );
});

test('versions are in the order of npm, but for pre-releases of one version, which are equal', () => {
  const releases = fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-beta'))
    .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);
  fc.assert(
    fc.property(releases, releases, (one, other) => {
      const [left, right] = [parseVersion(one), parseVersion(other)];
      expect(left && right && Math.sign(compareVersions(left, right))).toBe(compare(one, other));
    }),
  );
});
