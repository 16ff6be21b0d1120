import type { ContractDocument } from '../contract-document';
import { readDocument } from '../read-document';
import type { ChangeLevel, ContractChange, ContractDiff } from './contract-change';
import { errorChanges } from './error-changes';
import { eventChanges } from './event-changes';
import { extendsChanges } from './extends-changes';
import { presenceChanges } from './presence-changes';
import { typeRenames } from './type-renames';

const BUMPS: readonly (readonly [ChangeLevel, ContractDiff['bump']])[] = [
  ['breaking', 'major'],
  ['feature', 'minor'],
  ['patch', 'patch'],
];

function nameChanges(before: ContractDocument, after: ContractDocument): readonly ContractChange[] {
  if (before.title === after.title) return [];
  const message = `contract ${before.title} is now called ${after.title}`;
  const reason = 'It is another contract: whoever asks for the old one does not find it.';
  return [
    {
      path: 'title',
      kind: 'contract-renamed',
      level: 'breaking',
      message,
      reason,
      before: before.title,
      after: after.title,
    },
  ];
}

/** The part of a version that `changes` ask to be raised. */
const bumpFor = (changes: readonly ContractChange[]) =>
  BUMPS.find(([level]) => changes.some((change) => change.level === level))?.[1] ?? 'none';

/** What has changed between two versions of a contract, whose documents were read before. */
export function compareDocuments(before: ContractDocument, after: ContractDocument): ContractDiff {
  const changes = [
    ...nameChanges(before, after),
    ...extendsChanges(before, after),
    ...errorChanges(before, after),
    ...eventChanges('clientToServer', before, after),
    ...eventChanges('serverToClient', before, after),
    ...presenceChanges(before, after),
    ...typeRenames(before, after),
  ];
  return { bump: bumpFor(changes), changes };
}

/**
 * What has changed between two versions of a contract, and whether it breaks anybody. A change counts as breaking
 * unless it is proved that an old client and a new server understand each other.
 *
 * @throws WirepactError `INVALID_CONTRACT` where one is no contract document, or has schemas that no contract may have.
 *
 * @example
 * const { bump, changes } = diffContracts(published, current);
 */
export const diffContracts = (before: ContractDocument, after: ContractDocument): ContractDiff =>
  compareDocuments(readDocument(before, 'the document before'), readDocument(after, 'the document after'));
