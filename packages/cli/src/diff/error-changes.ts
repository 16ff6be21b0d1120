import type { ErrorDefinition, ErrorRegistry } from '@wirepact/contract';
import type { ContractChange } from './contract-change';
import { shownChange } from './value-phrases';

function changesOfOne(
  path: string,
  before: ErrorDefinition,
  after: ErrorDefinition,
): readonly ContractChange[] {
  const words = (['description', 'action'] as const)
    .filter((word) => before[word] !== after[word])
    .map(
      (word): ContractChange => ({
        path: `${path}/${word}`,
        kind: 'error-text-changed',
        level: 'patch',
        message: shownChange(word, before[word], after[word]),
        reason: 'Only the words have changed.',
        before: before[word],
        after: after[word],
      }),
    );
  if (before.retryable === after.retryable) return words;
  const retryable: ContractChange = {
    path: `${path}/retryable`,
    kind: 'error-retryable-changed',
    level: 'feature',
    message: shownChange('retryable', before.retryable, after.retryable),
    reason: 'Every error says itself on the wire whether to retry, so old clients do as the new server says.',
    before: before.retryable,
    after: after.retryable,
  };
  return [...words, retryable];
}

const cameOrWent = (path: string, verb: 'added' | 'removed'): ContractChange => ({
  path,
  kind: `error-${verb}`,
  level: verb === 'added' ? 'feature' : 'patch',
  message: `error code ${verb}`,
  reason:
    verb === 'added'
      ? 'Every error says itself whether to retry, so old clients can deal with a code they do not know.'
      : 'Whoever deals with the code no longer gets it.',
});

/** Changes of a contract's registry of error codes. */
export function errorChanges(before: ErrorRegistry, after: ErrorRegistry): readonly ContractChange[] {
  const codes = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...codes].flatMap((code) => {
    const path = `errors/${code}`;
    const was = Object.hasOwn(before, code) ? before[code] : undefined;
    const is = Object.hasOwn(after, code) ? after[code] : undefined;
    if (was && is) return changesOfOne(path, was, is);
    return [cameOrWent(path, was ? 'removed' : 'added')];
  });
}
