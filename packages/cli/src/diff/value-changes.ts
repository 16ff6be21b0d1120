import type { ContractDocument, SchemaReference } from '../contract-document';
import type { Sender } from './compatibility';
import type { ChangeKind, ChangeLevel, ContractChange } from './contract-change';
import { schemaChanges } from './schema-changes';

/** How much a change asks, and why. */
export type Judgement = readonly [level: ChangeLevel, reason: string];

/** Two versions of what is sent at one place, where either may be missing, and the documents they stand in. */
export interface ValuePair {
  readonly path: string;
  /** What is sent there, as the names of changes begin. */
  readonly part: 'payload' | 'reply' | 'stream' | 'error-data' | 'presence';
  readonly sender: Sender;
  readonly before: SchemaReference | undefined;
  readonly after: SchemaReference | undefined;
  readonly defsBefore: ContractDocument['$defs'];
  readonly defsAfter: ContractDocument['$defs'];
}

/** Changes of what is sent at one place; `judge` says what it means that it came or went. */
export function valueChanges(
  pair: ValuePair,
  judge: (verb: 'added' | 'removed') => Judgement,
): readonly ContractChange[] {
  const { path, part, sender, before, after } = pair;
  if (before && after)
    return schemaChanges(path, {
      before: { schema: before, defs: pair.defsBefore },
      after: { schema: after, defs: pair.defsAfter },
      sender,
    });
  if (!before && !after) return [];
  const verb = before ? 'removed' : 'added';
  const [level, reason] = judge(verb);
  const kind: ChangeKind = `${part}-${verb}`;
  return [{ path, kind, level, message: `${part.replace('-', ' ')} ${verb}`, reason, before, after }];
}

const SEVERITY: readonly ChangeLevel[] = ['patch', 'feature', 'breaking'];

/** Of the same change seen from both sides, the one that asks more. */
export function worstOf(changes: readonly ContractChange[]): readonly ContractChange[] {
  const worst = new Map<string, ContractChange>();
  for (const change of changes) {
    const key = `${change.path} ${change.kind} ${change.message}`;
    const known = worst.get(key);
    if (!known || SEVERITY.indexOf(change.level) > SEVERITY.indexOf(known.level)) worst.set(key, change);
  }
  return [...worst.values()];
}
