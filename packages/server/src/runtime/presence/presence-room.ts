import type { PresenceChange, PresenceMember, PublicIdentity } from '@wirepact/contract/runtime';
import { isEqual, type Members, PresenceNews, withState } from './presence-news';

/** What a member does, as it was said last. */
interface Said {
  /** Where it was said: it is over once the member is not there any more. */
  readonly place: string;
  readonly state: unknown;
  /** When it ends, on the clock of whoever calls; never where another process sees to that. */
  readonly expiresAt: number;
}

/** Somebody who is in the room, in one place or several. */
interface Occupant {
  readonly identity: PublicIdentity;
  /** Where it is: on connections of this process (`true`), and in other processes (`false`), by their ids. */
  readonly places: Map<string, boolean>;
  said: Said | undefined;
  /** As all see it. */
  member: PresenceMember;
  /** As it is on the connections of this process, where it has any. */
  here: PresenceMember | undefined;
}

/**
 * Who is in one room. Joining, leaving and changing a state take the same time however many there are; what has changed is
 * put together when it is told.
 */
export class PresenceRoom {
  /** What is told to the members who ask: who is in the room, in whichever process. */
  readonly everywhere: PresenceNews;
  /** What is told to other processes: who is in the room on connections to this one. */
  readonly here: PresenceNews;
  /** By their `entityId`. */
  private readonly occupants = new Map<string, Occupant>();
  /** Those on connections of this process, by the ids of these. */
  private readonly byConnection = new Map<string, Occupant>();
  /** Those of another process, by its id. */
  private readonly byPeer = new Map<string, Set<Occupant>>();
  /** How many members are in processes that only count them. */
  private readonly counts = new Map<string, number>();
  /** Those who do something. */
  private readonly active = new Set<Occupant>();
  private hereCount = 0;

  constructor({ maxMembers }: { readonly maxMembers: number }) {
    const { occupants, counts } = this;
    const countHere = () => this.hereCount;
    this.everywhere = new PresenceNews(membersOf(occupants, counts), maxMembers);
    this.here = new PresenceNews(membersHereOf(occupants, countHere), maxMembers);
  }

  /** A connection has come. */
  join(connectionId: string, identity: PublicIdentity): void {
    if (this.byConnection.has(connectionId)) return;
    const occupant = this.enter(connectionId, true, identity);
    this.byConnection.set(connectionId, occupant);
    this.refresh(occupant);
  }

  /** A connection is gone: its member, too, unless it is somewhere else. */
  leave(connectionId: string): void {
    const occupant = this.byConnection.get(connectionId);
    if (!occupant) return;
    this.byConnection.delete(connectionId);
    exit(occupant, connectionId);
    this.refresh(occupant);
  }

  /**
   * What the member on a connection does until `expiresAt`; where `state` is `undefined`, what was said on this connection
   * is over.
   */
  update(connectionId: string, state: unknown, expiresAt: number): void {
    const occupant = this.byConnection.get(connectionId);
    if (!occupant) return;
    say(occupant, { place: connectionId, state, expiresAt });
    this.refresh(occupant);
  }

  /** Another process tells of its members. */
  applyFrom(peerId: string, change: PresenceChange): void {
    const { count, members, joined, left, updated } = change;
    const known = this.byPeer.get(peerId) ?? new Set<Occupant>();
    this.byPeer.set(peerId, known);
    this.counts.delete(peerId);
    if (members) {
      const ids = new Set(members.map(({ identity }) => identity.entityId));
      for (const occupant of known) if (!ids.has(occupant.identity.entityId)) this.exitPeer(peerId, occupant);
    }
    for (const member of [...(members ?? []), ...(joined ?? [])]) {
      const occupant = this.enter(peerId, false, member.identity);
      known.add(occupant);
      this.sayFrom(peerId, occupant, member.state);
    }
    for (const entityId of left ?? []) {
      const occupant = this.occupants.get(entityId);
      if (occupant) this.exitPeer(peerId, occupant);
    }
    for (const { entityId, state } of updated ?? []) {
      const occupant = this.occupants.get(entityId);
      if (occupant?.places.has(peerId)) this.sayFrom(peerId, occupant, state);
    }
    if (members || joined || left || updated) return;
    this.forget(peerId);
    if (count > 0) this.counts.set(peerId, count);
  }

  /** Nobody is in the room in another process any more, as far as is known. */
  forget(peerId: string): void {
    for (const occupant of this.byPeer.get(peerId) ?? []) this.exitPeer(peerId, occupant);
    this.byPeer.delete(peerId);
    this.counts.delete(peerId);
  }

  /** As {@link forget}, of all other processes. */
  forgetPeers(): void {
    for (const peerId of [...this.byPeer.keys(), ...this.counts.keys()]) this.forget(peerId);
  }

  /** Ends the states whose time is over; answers with when the next one's is, if any. */
  expire(now: number): number | undefined {
    let next = Number.POSITIVE_INFINITY;
    for (const occupant of this.active) {
      const { expiresAt = now } = occupant.said ?? {};
      if (expiresAt > now) next = Math.min(next, expiresAt);
      else {
        occupant.said = undefined;
        this.refresh(occupant);
      }
    }
    return Number.isFinite(next) ? next : undefined;
  }

  /** Whether any member on a connection of this process does something. */
  get hasStatesHere(): boolean {
    for (const { here } of this.active) if (here?.state !== undefined) return true;
    return false;
  }

  /** Whether anybody is in the room on a connection of this process, or was when that was told. */
  get isOfUseHere(): boolean {
    return this.hereCount > 0 || this.here.hasNews;
  }

  private enter(place: string, isHere: boolean, identity: PublicIdentity): Occupant {
    const { entityId } = identity;
    const known = this.occupants.get(entityId);
    const occupant: Occupant = known ?? {
      identity,
      places: new Map(),
      said: undefined,
      member: { identity },
      here: undefined,
    };
    occupant.places.set(place, isHere);
    this.occupants.set(entityId, occupant);
    if (!known) this.everywhere.note(entityId);
    return occupant;
  }

  private sayFrom(place: string, occupant: Occupant, state: unknown): void {
    say(occupant, { place, state, expiresAt: Number.POSITIVE_INFINITY });
    this.refresh(occupant);
  }

  private exitPeer(peerId: string, occupant: Occupant): void {
    this.byPeer.get(peerId)?.delete(occupant);
    exit(occupant, peerId);
    this.refresh(occupant);
  }

  /** Brings what is told of somebody up to date with where it is, and with what was said there. */
  private refresh(occupant: Occupant): void {
    const { identity, places, said, member, here } = occupant;
    const { entityId } = identity;
    const isHere = [...places.values()].includes(true);
    const isSaidHere = said !== undefined && places.get(said.place) === true;
    occupant.member = withLast(member, said?.state);
    occupant.here = isHere ? withLast(here ?? { identity }, isSaidHere ? said.state : undefined) : undefined;
    if (said) this.active.add(occupant);
    else this.active.delete(occupant);
    if (places.size === 0) this.occupants.delete(entityId);
    if (places.size === 0 || occupant.member !== member) this.everywhere.note(entityId);
    this.hereCount += Number(isHere) - Number(here !== undefined);
    if (occupant.here !== here) this.here.note(entityId);
  }
}

/** Takes the place of what was said before; where there is no state, what was said in that place is over. */
function say(occupant: Occupant, said: Said): void {
  if (said.state !== undefined) occupant.said = said;
  else if (occupant.said?.place === said.place) occupant.said = undefined;
}

function exit(occupant: Occupant, place: string): void {
  occupant.places.delete(place);
  if (occupant.said?.place === place) occupant.said = undefined;
}

/** A member who does this; the same object where it did so before. */
const withLast = (member: PresenceMember, state: unknown): PresenceMember =>
  isEqual(member.state, state) ? member : { identity: member.identity, ...withState(state) };

const membersOf = (
  occupants: ReadonlyMap<string, Occupant>,
  counts: ReadonlyMap<string, number>,
): Members => ({
  get count() {
    return [...counts.values()].reduce((sum, count) => sum + count, occupants.size);
  },
  get isIncomplete() {
    return counts.size > 0;
  },
  get: (entityId) => occupants.get(entityId)?.member,
  list: () => [...occupants.values()].map(({ member }) => member),
});

const membersHereOf = (occupants: ReadonlyMap<string, Occupant>, countHere: () => number): Members => ({
  get count() {
    return countHere();
  },
  isIncomplete: false,
  get: (entityId) => occupants.get(entityId)?.here,
  list: () => [...occupants.values()].flatMap(({ here }) => here ?? []),
});
