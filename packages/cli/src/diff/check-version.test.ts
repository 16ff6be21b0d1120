import { expect, it } from 'vitest';
import { checkVersion } from './check-version';
import type { ContractDiff } from './contract-change';
import { documentOf } from './testing/test-documents';

type Row = readonly [from: string, to: string, bump: ContractDiff['bump'], needed: string | undefined];

const check = (from: string, to: string, bump: ContractDiff['bump']) =>
  checkVersion(documentOf({ version: from }), documentOf({ version: to }), { bump, changes: [] });

const ROWS: readonly Row[] = [
  ['1.2.3', '1.2.3', 'none', undefined],
  ['1.2.3', '1.2.3', 'patch', '1.2.4'],
  ['1.2.3', '1.2.4', 'patch', undefined],
  ['1.2.3', '1.2.9', 'minor', '1.3.0'],
  ['1.2.3', '1.3.0', 'minor', undefined],
  ['1.2.3', '1.9.0', 'major', '2.0.0'],
  ['1.2.3', '2.0.0', 'major', undefined],
  ['1.2.3', '2.0.0-beta.1', 'major', undefined],
  ['2.0.0-beta.1', '2.0.0-beta.2', 'major', undefined],
  ['2.0.0-beta.1', '2.0.0', 'major', undefined],
  ['2.0.0-beta.1', '2.0.0-beta.1', 'patch', '2.0.0'],
  ['0.2.3', '0.2.4', 'minor', undefined],
  ['0.2.3', '0.2.4', 'major', '0.3.0'],
  ['0.2.3', '0.3.0', 'major', undefined],
  ['1.9.0', '1.10.0', 'minor', undefined],
];

it.each(ROWS)('%s -> %s for a %s change needs %s', (from, to, bump, needed) => {
  const problem = check(from, to, bump);
  expect(problem?.needed).toBe(needed);
  expect(problem === undefined).toBe(needed === undefined);
});

it('names the least version that would do', () => {
  const message =
    'board: version 1.0.0 -> 1.1.0 is not enough for these changes (major); it has to be 2.0.0 or higher.';
  expect(check('1.0.0', '1.1.0', 'major')?.message).toBe(message);
});

it('refuses a version that is lower, or none', () => {
  expect(check('1.2.0', '1.1.9', 'none')?.message).toBe('board: version 1.1.9 is below 1.2.0; raise it.');
  expect(check('1.2.0', '1.2.0-beta.1', 'none')?.message).toContain('is below 1.2.0');
  const message = 'board: "next" is not a version; write three numbers, such as 1.0.0.';
  expect(check('1.2.0', 'next', 'none')?.message).toBe(message);
});
