import type { PresenceMember } from '@wirepact/contract/runtime';
import { isRecord } from '../base/is-record';
import type { PresenceDeps } from './presence';

const NOBODY: readonly PresenceMember[] = [];

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : NOBODY);

/** The members of a room as the server has told them: each the same object until it changes. */
export class PresenceMembers {
  #byId = new Map<string, PresenceMember>();
  /** All of them, in the order they came; the same array until something changes. */
  members = NOBODY;

  readonly #deps: PresenceDeps;

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
  }

  /** Takes what the server tells of the room. */
  apply({ members, joined, left, updated }: Readonly<Record<string, unknown>>): void {
    const isList = Boolean(members || joined || left || updated);
    const before = this.#byId;
    const next = new Map(members || !isList ? [] : before);
    for (const one of [...listIn(members), ...listIn(joined)]) {
      const { identity, state } = isRecord(one) ? one : {};
      if (isRecord(identity) && typeof identity.entityId === 'string')
        this.#put(next, before, { ...identity, entityId: identity.entityId }, state);
    }
    for (const one of listIn(updated)) {
      const { entityId, state } = isRecord(one) ? one : {};
      const known = next.get(String(entityId));
      if (known) this.#put(next, before, known.identity, state);
    }
    for (const entityId of listIn(left)) next.delete(String(entityId));
    this.#byId = next;
    const all = [...next.values()];
    const isSame = all.length === this.members.length && all.every((one, at) => one === this.members[at]);
    if (!isSame) this.members = all.length > 0 ? all : NOBODY;
  }

  clear(): void {
    this.#byId = new Map();
    this.members = NOBODY;
  }

  #put(
    next: Map<string, PresenceMember>,
    before: ReadonlyMap<string, PresenceMember>,
    identity: PresenceMember['identity'],
    state: unknown,
  ): void {
    const { schema, check, names } = this.#deps;
    const isRight = state === undefined || schema.check(state);
    if (!isRight) void check.report(names.presenceChanged, state, schema.issues(state));
    const member = { identity, ...(isRight && state !== undefined && { state }) };
    const known = before.get(identity.entityId);
    const isSame = known && JSON.stringify(known) === JSON.stringify(member);
    next.set(identity.entityId, isSame ? known : member);
  }
}
