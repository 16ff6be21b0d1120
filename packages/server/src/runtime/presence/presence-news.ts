import type { PresenceChange, PresenceMember, PresenceUpdate } from '@wirepact/contract/runtime';

/** Members of a room, as some are told of them. */
export interface Members {
  readonly count: number;
  /** Whether not all of them are known by name. */
  readonly isIncomplete: boolean;
  /** A member by its `entityId`; the same object until something changes. */
  get(entityId: string): PresenceMember | undefined;
  list(): PresenceMember[];
}

/** Part of the bound below which a big room is told in full again: one that stays near it does not go back and forth. */
const SMALL_AGAIN = 0.8;

/** What those who are told of a room have been told, and what of it has changed since. Takes nothing while nobody is. */
export class PresenceNews {
  /** What was told, by `entityId`; empty while only the count is told. */
  private readonly told = new Map<string, PresenceMember>();
  private readonly changed = new Set<string>();
  private toldCount = 0;
  private isCounted = false;
  private isTold = false;

  /** @param maxMembers Members of a room up to which all are told; of bigger ones only how many there are. */
  constructor(
    private readonly members: Members,
    private readonly maxMembers: number,
  ) {}

  /** From now on what is told is told on top of a {@link snapshot}. */
  begin(): void {
    this.isTold = true;
    this.isCounted = this.isTooBig(this.maxMembers);
    this.tellAll();
  }

  /** Nobody is told any more. */
  end(): void {
    this.isTold = false;
    this.told.clear();
    this.changed.clear();
  }

  /** A member has come or gone, or does something else. */
  note(entityId: string): void {
    if (this.isTold) this.changed.add(entityId);
  }

  /** Whether anything has changed that was not told. */
  get hasNews(): boolean {
    return this.isTold && (this.changed.size > 0 || this.members.count !== this.toldCount);
  }

  /** All there is to tell somebody who knows nothing. */
  snapshot(): PresenceChange {
    const { count } = this.members;
    if (this.isCounted || this.isTooBig(this.maxMembers)) return { count };
    return { count, members: this.members.list() };
  }

  /** What has changed since it was told last, which from now on counts as told; `undefined` where that is nothing. */
  take(): PresenceChange | undefined {
    const wasCounted = this.isCounted;
    this.isCounted = this.isTooBig(wasCounted ? this.maxMembers * SMALL_AGAIN : this.maxMembers);
    if (!this.isCounted && !wasCounted) return this.takeChanges();
    const isNews = this.isCounted !== wasCounted || this.members.count !== this.toldCount;
    this.tellAll();
    return isNews ? this.snapshot() : undefined;
  }

  private isTooBig(bound: number): boolean {
    return this.members.isIncomplete || this.members.count > bound;
  }

  private takeChanges(): PresenceChange | undefined {
    const joined: PresenceMember[] = [];
    const left: string[] = [];
    const updated: PresenceUpdate[] = [];
    for (const entityId of this.changed) {
      const was = this.told.get(entityId);
      const is = this.members.get(entityId);
      if (is) this.told.set(entityId, is);
      else this.told.delete(entityId);
      if (was && !is) left.push(entityId);
      else if (is && !isEqual(was?.identity, is.identity)) joined.push(is);
      else if (is && !isEqual(was?.state, is.state)) updated.push({ entityId, ...withState(is.state) });
    }
    this.changed.clear();
    this.toldCount = this.members.count;
    if (joined.length + left.length + updated.length === 0) return undefined;
    return {
      count: this.members.count,
      ...(joined.length > 0 && { joined }),
      ...(left.length > 0 && { left }),
      ...(updated.length > 0 && { updated }),
    };
  }

  private tellAll(): void {
    this.told.clear();
    this.changed.clear();
    this.toldCount = this.members.count;
    if (this.isCounted) return;
    for (const member of this.members.list()) this.told.set(member.identity.entityId, member);
  }
}

/** Whether two values are the same as JSON; what comes from another process is never the same object. */
export const isEqual = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** The part of a member, or of an update, that says what the member does. */
export const withState = (state: unknown) => (state === undefined ? {} : { state });
