import { satisfies } from 'semver';
import { describe, expect, test } from 'vitest';
import { versionRangesOf, versionsOf } from './contract';

const contractOf = (version: string) => ({ name: 'x', version, clientToServer: {}, serverToClient: {} });
const accepts = (spoken: string, made: string) =>
  satisfies(spoken, versionRangesOf(contractOf(made)).x ?? '', { includePrerelease: true });

test.each([
  ['1.4.2', '^1.0.0'],
  ['0.3.1', '~0.3.0'],
  ['2.0.0-beta.1', '2.0.0-beta.1'],
  ['2.0.0-beta.1+7', '2.0.0-beta.1'],
  ['0.4.0-0', '0.4.0-0'],
  ['1.0.0+build-7', '^1.0.0'],
])('what was made for %s asks for %s', (version, range) => {
  expect(versionRangesOf(contractOf(version))).toEqual({ x: range });
});

test.each(['1.0.0', '1.4.2', '0.0.1', '0.3.1', '2.0.0-beta.1', '0.1.0-rc.1', '1.0.0+build-7'])(
  '[E2] a client of %s is taken by a server of the same version',
  (version) => expect(accepts(version, version)).toBe(true),
);

describe('[E2] a pre-release is taken for what it is', () => {
  test.each([
    ['2.0.0-beta.1', '2.0.0', false],
    ['2.0.0-beta.1', '2.0.0-beta.2', false],
    ['2.0.0', '2.0.0-beta.1', false],
    ['1.4.0', '2.0.0-beta.1', false],
    ['1.4.0', '1.5.0-beta.1', true],
  ])('a client of %s and a server of %s: %s', (made, spoken, taken) => {
    expect(accepts(spoken, made)).toBe(taken);
  });
});

test('an extension asks for what it builds on, too', () => {
  const contract = { ...contractOf('0.2.0'), extends: { chat: '1.4.0-rc.1' } };
  expect(versionsOf(contract)).toEqual({ x: '0.2.0', chat: '1.4.0-rc.1' });
  expect(versionRangesOf(contract)).toEqual({ x: '~0.2.0', chat: '1.4.0-rc.1' });
});
