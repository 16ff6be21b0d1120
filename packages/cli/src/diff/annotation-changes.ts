import type { ChangeKind, ChangeLevel, ContractChange } from './contract-change';
import { shownChange } from './value-phrases';

/** What says something of a schema or an event, and nothing of its values. */
export interface Annotated {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly since?: string;
  readonly deprecated?: string | boolean;
}

const WORDS = ['description', 'examples', 'default', 'since'] as const;

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

function deprecation(
  before: Annotated,
  after: Annotated,
): readonly [ChangeKind, ChangeLevel, string] | undefined {
  const [was, is] = [before.deprecated || undefined, after.deprecated || undefined];
  if (same(was, is)) return undefined;
  if (was === undefined)
    return ['deprecated-added', 'feature', 'It still works; whoever uses it is told to move on.'];
  if (is === undefined) return ['deprecated-removed', 'patch', 'It worked before and goes on to.'];
  return ['deprecated-changed', 'patch', 'Only the words have changed.'];
}

/** Changes of what is said of a schema or an event. */
export function annotationChanges(
  path: string,
  before: Annotated,
  after: Annotated,
): readonly ContractChange[] {
  const words = WORDS.filter((word) => !same(before[word], after[word])).map(
    (word): ContractChange => ({
      path,
      kind: `${word}-changed`,
      level: 'patch',
      message: shownChange(word, before[word], after[word]),
      reason: 'It is not checked: both sides accept the same as before.',
      before: before[word],
      after: after[word],
    }),
  );
  const deprecated = deprecation(before, after);
  if (!deprecated) return words;
  const [kind, level, reason] = deprecated;
  const message = shownChange('deprecated', before.deprecated, after.deprecated);
  return [
    ...words,
    { path, kind, level, message, reason, before: before.deprecated, after: after.deprecated },
  ];
}
