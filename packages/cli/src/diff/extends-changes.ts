import { compareVersions, parseVersion, type Version } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import type { ChangeLevel, ContractChange } from './contract-change';
import { shownChange } from './value-phrases';

type Judgement = readonly [level: ChangeLevel, reason: string];

const OUTSIDE =
  'Old clients ask for the old version when they connect, and the new server answers VERSION_UNSUPPORTED.';

/** True where whoever was made for `before` takes `after`: the range that its clients ask for. */
function isInRange(before: Version, after: Version): boolean {
  if (before.prerelease !== '' || compareVersions(after, before) < 0) return false;
  return before.major === after.major && (before.major > 0 || before.minor === after.minor);
}

function judge(was: string | undefined, is: string | undefined): Judgement {
  if (was === undefined)
    return ['feature', 'Old clients do not ask for it; new clients do, which an old server refuses.'];
  if (is === undefined)
    return ['breaking', 'Old clients ask for it when they connect, and the new server does not speak it.'];
  const [before, after] = [parseVersion(was), parseVersion(is)];
  if (!before || !after || !isInRange(before, after)) return ['breaking', OUTSIDE];
  return before.minor === after.minor
    ? ['patch', 'It is in the range that clients of either version ask for.']
    : ['feature', 'It is in the range that old clients ask for, and may have more.'];
}

/** Changes of the contracts that a contract builds on. */
export function extendsChanges(
  { extends: before = {} }: ContractDocument,
  { extends: after = {} }: ContractDocument,
): readonly ContractChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): readonly ContractChange[] => {
    const [was, is] = [before[name], after[name]];
    if (was === is) return [];
    const [level, reason] = judge(was, is);
    const kind =
      was === undefined ? 'extends-added' : is === undefined ? 'extends-removed' : 'extends-changed';
    const message = shownChange('version', was, is);
    return [{ path: `extends/${name}`, kind, level, message, reason, before: was, after: is }];
  });
}
