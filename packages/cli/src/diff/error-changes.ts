import type { ContractDocument, ErrorDocument } from '../contract-document';
import type { ContractChange } from './contract-change';
import { type Judgement, type ValuePair, valueChanges } from './value-changes';
import { shownChange } from './value-phrases';

function wordChanges(path: string, before: ErrorDocument, after: ErrorDocument): readonly ContractChange[] {
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

const DATA: Readonly<Record<'added' | 'removed', Judgement>> = {
  added: ['feature', 'Old clients let it pass, unread.'],
  removed: ['breaking', 'Old clients were promised it with this code, and do not get it.'],
};

/** Changes of a contract's registry of error codes. */
export function errorChanges(before: ContractDocument, after: ContractDocument): readonly ContractChange[] {
  const codes = new Set([...Object.keys(before.errors), ...Object.keys(after.errors)]);
  return [...codes].flatMap((code) => {
    const path = `errors/${code}`;
    const was = Object.hasOwn(before.errors, code) ? before.errors[code] : undefined;
    const is = Object.hasOwn(after.errors, code) ? after.errors[code] : undefined;
    if (!was || !is) return [cameOrWent(path, was ? 'removed' : 'added')];
    const data: ValuePair = {
      path: `${path}/data`,
      part: 'error-data',
      sender: 'server',
      before: was.data,
      after: is.data,
      defsBefore: before.$defs,
      defsAfter: after.$defs,
    };
    return [...wordChanges(path, was, is), ...valueChanges(data, (verb) => DATA[verb])];
  });
}
