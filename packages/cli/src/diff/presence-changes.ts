import type { ContractDocument } from '../contract-document';
import type { ContractChange } from './contract-change';
import { type Judgement, valueChanges, worstOf } from './value-changes';

const PRESENCE: Readonly<Record<'added' | 'removed', Judgement>> = {
  added: ['feature', 'Old clients do not ask who is in such rooms.'],
  removed: ['breaking', 'Old clients ask who is in such rooms, and are refused.'],
};

/** Changes of the states of members: clients send them, and the server sends them on to other clients. */
export function presenceChanges(
  before: ContractDocument,
  after: ContractDocument,
): readonly ContractChange[] {
  const [was = {}, is = {}] = [before.presence, after.presence];
  const kinds = new Set([...Object.keys(was), ...Object.keys(is)]);
  const of = (kind: string, sender: 'client' | 'server') =>
    valueChanges(
      {
        path: `presence/${kind}`,
        part: 'presence',
        sender,
        before: Object.hasOwn(was, kind) ? was[kind] : undefined,
        after: Object.hasOwn(is, kind) ? is[kind] : undefined,
        defsBefore: before.$defs,
        defsAfter: after.$defs,
      },
      (verb) => PRESENCE[verb],
    );
  return [...kinds].flatMap((kind) => worstOf([...of(kind, 'client'), ...of(kind, 'server')]));
}
