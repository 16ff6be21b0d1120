import { versionRangesOf } from '@wirepact/contract';
import { satisfies } from 'semver';
import type { ContractDocument } from '../../contract-document';
import type { ChangeKind, ChangeLevel } from '../contract-change';
import type { DocumentRow } from './test-document-row';
import { documentOf } from './test-documents';

const toContract = ({ title: name, version, extends: bases }: ContractDocument) => ({
  name,
  version,
  clientToServer: {},
  serverToClient: {},
  ...(bases && { extends: bases }),
});

/** True where a client of the old version asks for what the new server does not speak, as the handshake has it. */
const isRefused = (before: ContractDocument, after: ContractDocument): boolean =>
  Object.entries(versionRangesOf(toContract(before)))
    .filter(([name]) => name === 'chat')
    .some(([name, range]) => !satisfies(after.extends?.[name] ?? '', range, { includePrerelease: true }));

function row(
  kind: ChangeKind,
  level: ChangeLevel,
  was: string | undefined,
  is: string | undefined,
): DocumentRow {
  const withBase = (version: string | undefined) =>
    documentOf(version === undefined ? {} : { extends: { chat: version } });
  return {
    kind,
    level,
    path: 'extends/chat',
    before: withBase(was),
    after: withBase(is),
    message: `version ${was ? `"${was}"` : 'none'} -> ${is ? `"${is}"` : 'none'}`,
    refused: isRefused,
  };
}

/** Changes of the contracts that a contract builds on. */
export const EXTENDS_ROWS: readonly DocumentRow[] = [
  row('extends-added', 'feature', undefined, '1.0.0'),
  row('extends-removed', 'breaking', '1.0.0', undefined),
  row('extends-changed', 'breaking', '1.4.0', '2.0.0'),
  row('extends-changed', 'feature', '1.4.0', '1.5.0'),
  row('extends-changed', 'patch', '1.4.0', '1.4.1'),
  row('extends-changed', 'breaking', '0.4.0', '0.5.0'),
  row('extends-changed', 'breaking', '2.0.0-beta.1', '2.0.0'),
  row('extends-changed', 'breaking', '2.0.0-beta.1', '2.0.0-beta.2'),
  row('extends-changed', 'breaking', '1.4.0', '2.0.0-beta.1'),
];
