import type {
  PresenceChange,
  PresenceMember,
  PresenceUpdate,
  PublicIdentity,
} from '@wirepact/contract/runtime';

/** How much is told of rooms. */
export interface PresenceBounds {
  /** Members of a room up to which all are told; of bigger ones only how many there are. */
  readonly maxMembers: number;
}

/** Part of the bound below which a big room is told in full again: one that stays near it does not go back and forth. */
const SMALL_AGAIN = 0.8;

/** Somebody who is in the room, on one connection or several. */
interface Occupant {
  readonly connectionIds: Set<string>;
  member: PresenceMember;
  /** The connection that said the state, which ends with it. */
  stateOf: string | undefined;
  /** When the state ends, on the clock of whoever calls. */
  expiresAt: number;
}

/**
 * Who is in one room, and what of that was told. Joining, leaving and changing a state take the same time however many
 * there are; what has changed is put together when it is told.
 */
export class PresenceRoom {
  /** By their `entityId`. */
  private readonly occupants = new Map<string, Occupant>();
  /** The same as in `occupants`, by the ids of their connections. */
  private readonly byConnection = new Map<string, Occupant>();
  /** Those who do something. */
  private readonly active = new Set<Occupant>();
  /** What those who are told have been told, by `entityId`; empty while only the count is told. */
  private readonly told = new Map<string, PresenceMember>();
  private readonly changed = new Set<string>();
  private toldCount = 0;
  private isCounted = false;

  constructor(private readonly bounds: PresenceBounds) {}

  /** How many members there are. */
  get count(): number {
    return this.occupants.size;
  }

  /** A connection has come. */
  join(connectionId: string, identity: PublicIdentity): void {
    const { entityId } = identity;
    if (this.byConnection.has(connectionId)) return;
    const known = this.occupants.get(entityId);
    const occupant: Occupant = known ?? {
      connectionIds: new Set(),
      member: { identity },
      stateOf: undefined,
      expiresAt: 0,
    };
    occupant.connectionIds.add(connectionId);
    this.byConnection.set(connectionId, occupant);
    this.occupants.set(entityId, occupant);
    if (!known) this.note(entityId);
  }

  /** A connection is gone: its member, too, unless it has another. */
  leave(connectionId: string): void {
    const occupant = this.byConnection.get(connectionId);
    if (!occupant) return;
    this.byConnection.delete(connectionId);
    occupant.connectionIds.delete(connectionId);
    if (occupant.stateOf === connectionId) this.setState(occupant, undefined);
    if (occupant.connectionIds.size > 0) return;
    const { entityId } = occupant.member.identity;
    this.occupants.delete(entityId);
    this.note(entityId);
  }

  /**
   * What the member on a connection does until `expiresAt`; where `state` is `undefined`, what was said on this connection
   * is over.
   */
  update(connectionId: string, state: unknown, expiresAt: number): void {
    const occupant = this.byConnection.get(connectionId);
    if (!occupant || (state === undefined && occupant.stateOf !== connectionId)) return;
    occupant.expiresAt = expiresAt;
    occupant.stateOf = connectionId;
    this.setState(occupant, state);
  }

  /** Ends the states whose time is over; answers with when the next one's is, if any. */
  expire(now: number): number | undefined {
    let next: number | undefined;
    for (const occupant of this.active) {
      if (occupant.expiresAt <= now) this.setState(occupant, undefined);
      else next = Math.min(next ?? occupant.expiresAt, occupant.expiresAt);
    }
    return next;
  }

  /** Whether anything has changed that was not told. */
  get hasNews(): boolean {
    return this.changed.size > 0;
  }

  /** Whether any member does something. */
  get hasStates(): boolean {
    return this.active.size > 0;
  }

  /** All there is to tell somebody who knows nothing. */
  snapshot(): PresenceChange {
    const { count } = this;
    if (this.isCounted || count > this.bounds.maxMembers) return { count };
    return { count, members: [...this.occupants.values()].map(({ member }) => member) };
  }

  /** From now on what is told is told on top of a {@link snapshot}. */
  begin(): void {
    this.isCounted = this.count > this.bounds.maxMembers;
    this.tellAll();
  }

  /** What has changed since it was told last, which from now on counts as told; `undefined` where that is nothing. */
  takeNews(): PresenceChange | undefined {
    const { count } = this;
    const { maxMembers } = this.bounds;
    const wasCounted = this.isCounted;
    this.isCounted = count > (wasCounted ? maxMembers * SMALL_AGAIN : maxMembers);
    if (!this.isCounted && !wasCounted) return this.takeChanges();
    const isNews = this.isCounted !== wasCounted || count !== this.toldCount;
    this.tellAll();
    return isNews ? this.snapshot() : undefined;
  }

  private takeChanges(): PresenceChange | undefined {
    const joined: PresenceMember[] = [];
    const left: string[] = [];
    const updated: PresenceUpdate[] = [];
    for (const entityId of this.changed) {
      const was = this.told.get(entityId);
      const is = this.occupants.get(entityId)?.member;
      if (is) this.told.set(entityId, is);
      else this.told.delete(entityId);
      if (was && !is) left.push(entityId);
      else if (is && was?.identity !== is.identity) joined.push(is);
      else if (is && was?.state !== is.state) updated.push({ entityId, ...withState(is.state) });
    }
    this.changed.clear();
    this.toldCount = this.count;
    if (joined.length + left.length + updated.length === 0) return undefined;
    return {
      count: this.count,
      ...(joined.length > 0 && { joined }),
      ...(left.length > 0 && { left }),
      ...(updated.length > 0 && { updated }),
    };
  }

  private tellAll(): void {
    this.told.clear();
    this.changed.clear();
    this.toldCount = this.count;
    if (this.isCounted) return;
    for (const [entityId, { member }] of this.occupants) this.told.set(entityId, member);
  }

  private setState(occupant: Occupant, state: unknown): void {
    const { identity, state: before } = occupant.member;
    if (state === undefined) this.active.delete(occupant);
    else this.active.add(occupant);
    if (state === before || JSON.stringify(state) === JSON.stringify(before)) return;
    occupant.member = { identity, ...withState(state) };
    this.note(identity.entityId);
  }

  private note(entityId: string): void {
    this.changed.add(entityId);
  }
}

const withState = (state: unknown) => (state === undefined ? {} : { state });
