import { readdirSync, readFileSync } from 'node:fs';
import { type ContractDocument, toContractDocument } from '@wirepact/cli';
import { describe, expect, test } from 'vitest';
import { protocol } from './protocol';
import { findLockProblem } from './test-wire-lock';

const CHANGESETS = new URL('../../../.changeset/', import.meta.url);
const changesets = readdirSync(CHANGESETS)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(new URL(name, CHANGESETS), 'utf8'));

const locked: ContractDocument = JSON.parse(readFileSync(new URL('../schema.json', import.meta.url), 'utf8'));
const current = toContractDocument(protocol);

test('the protocol breaks nobody that the last release served, unless its version and a changeset say so', () => {
  expect(findLockProblem(locked, current, changesets)).toBeUndefined();
});

/** The protocol as somebody may have changed it. */
function changed(
  change: (sendMessage: { required: string[]; properties: object }) => void,
  version = current.version,
): ContractDocument {
  const document = JSON.parse(JSON.stringify(current));
  change(document.$defs.SendMessage);
  return { ...document, version };
}
const [major, minor] = current.version.split('.').map(Number);
const nextMinor = `${major}.${(minor ?? 0) + 1}.0`;
const announce = (bump: string) => [`---\n'@wirepact/protocol': ${bump}\n---\n\nA change.\n`];

const breaks = ({ required }: { required: string[] }) => void required.push('entityName');
const adds = ({ properties }: { properties: object }) =>
  void Object.assign(properties, { locale: { type: 'string' } });

describe('the lock', () => {
  test('stops a change that breaks without a major version', () => {
    const problem = findLockProblem(current, changed(breaks, nextMinor), announce('major'));
    expect(problem).toMatch(/has to be 2\.0\.0 or higher/);
    expect(problem).toMatch(/clientToServer\/send_message\/payload\/entityName/);
  });

  test('stops it without a changeset that says so', () => {
    for (const texts of [[], announce('minor'), ["---\n'@wirepact/client': major\n---\n"]])
      expect(findLockProblem(current, changed(breaks, '2.0.0'), texts)).toMatch(/no changeset says so/);
  });

  test('lets it pass with both', () => {
    expect(findLockProblem(current, changed(breaks, '2.0.0'), announce('major'))).toBeUndefined();
  });

  test('asks for a minor version and a changeset for what is added', () => {
    expect(findLockProblem(current, changed(adds), announce('minor'))).toMatch(new RegExp(nextMinor));
    expect(findLockProblem(current, changed(adds, nextMinor), [])).toMatch(/no changeset/);
    expect(findLockProblem(current, changed(adds, nextMinor), announce('minor'))).toBeUndefined();
  });
});
