import type { JournalEntry, Position } from '../ports/journal';
import type { Entrance, FeedRoom } from './feed-room';
import type { FeedConnection, Member } from './member';
import type { Memberships } from './memberships';

/** How soon an entrance that failed is tried again, in milliseconds; doubles up to the second. */
const RETRY_DELAYS_MS = { first: 100, last: 5_000 };

/** Who is to become a member of a room. */
export interface Entering<Connection extends FeedConnection> {
  readonly connection: Connection;
  /** Who it is, as far as is known. */
  readonly actor: string | undefined;
  /** Finds out where the room stands; rejects where it cannot be entered. */
  readonly find: () => Promise<Position>;
  /** Called before anything is sent, once it is known that something can be. */
  readonly onEntering: () => void;
}

/** Where a connection stands that has entered a room. */
export interface Entered extends Position {
  /** Whether all that happened after the position it asked for has been sent. */
  readonly recovered: boolean;
}

/** What {@link Entrances} need. */
export interface EntranceDeps<Connection extends FeedConnection> {
  readonly memberships: Memberships<Connection>;
  /** Finds out whether a life of a room is over, where there is a doubt. Rejects as the journal does. */
  readonly settleDoubt: (roomId: string, epoch: string) => Promise<void>;
  /** One life of a room, as it is served here as long as somebody is in it; `undefined` where that life is over. */
  readonly openRoom: (roomId: string, epoch: string) => FeedRoom<Connection> | undefined;
  /** Sends a connection what it caused itself. */
  readonly sendOwn: (connection: Connection, entry: JournalEntry) => void;
}

/** Lets connections into rooms: for the first time, or again, from where they were. */
export class Entrances<Connection extends FeedConnection> {
  constructor(private readonly deps: EntranceDeps<Connection>) {}

  /**
   * Makes a connection a member from `resume` on, or, where what it missed cannot be told whole or is not asked for,
   * from where the room was found to be. `undefined` where the room or the membership ended meanwhile. Rejects
   * as the journal and `find` do; who was a member before then still is.
   */
  async enter(
    entering: Entering<Connection>,
    roomId: string,
    resume: Position | undefined,
  ): Promise<Entered | undefined> {
    const { connection, actor } = entering;
    const known = this.deps.memberships.get(connection, roomId);
    const member: Member<Connection> = known ?? {
      connection,
      roomId,
      actor,
      cursor: 0,
      base: undefined,
      entrances: 0,
      held: undefined,
      state: 'entering',
    };
    this.deps.memberships.begin(member);
    try {
      const entered = await this.findAndEnter(entering, member, resume);
      if (!entered) this.deps.memberships.end(member);
      return entered;
    } catch (cause) {
      if (!known) this.deps.memberships.end(member);
      throw cause;
    } finally {
      this.release(member, Number.POSITIVE_INFINITY);
    }
  }

  private async findAndEnter(
    { find, onEntering }: Entering<Connection>,
    member: Member<Connection>,
    resume: Position | undefined,
  ): Promise<Entered | undefined> {
    const { roomId } = member;
    const found = await find();
    await this.deps.settleDoubt(roomId, found.epoch);
    const room = this.deps.openRoom(roomId, found.epoch);
    // Nothing is awaited until the member is in the room, which is kept as long as it has one.
    if (!room || !this.deps.memberships.has(member)) return undefined;
    const { epoch } = room;
    if (member.state === 'live' && !resume) {
      onEntering();
      return { epoch, seq: room.seq, recovered: false };
    }
    // Who was live has had everything up to then, and gets what comes after it whatever becomes of this.
    const base = member.state === 'live' ? room.seq : member.base;
    try {
      return await this.tryToEnter(room, member, onEntering, base ?? found.seq, resume);
    } catch (cause) {
      if (base !== undefined && this.deps.memberships.has(member)) {
        member.cursor = Math.max(base, member.cursor);
        member.base = member.cursor;
        void this.enterAgain(room, member);
      }
      throw cause;
    }
  }

  private async tryToEnter(
    room: FeedRoom<Connection>,
    member: Member<Connection>,
    onEntering: () => void,
    fallback: number,
    resume: Position | undefined,
  ): Promise<Entered | undefined> {
    const isSameLife = resume?.epoch === room.epoch;
    const resumed: Entrance = isSameLife ? await room.enter(member, resume.seq, onEntering) : 'lost';
    if (resumed === 'live') {
      // What it caused meanwhile has come in its turn.
      member.held = undefined;
      return { epoch: room.epoch, seq: member.cursor, recovered: true };
    }
    if (resumed === 'ended') return undefined;
    this.release(member, fallback);
    const entrance = await room.enter(member, fallback, onEntering);
    return entrance === 'live' ? { epoch: room.epoch, seq: member.cursor, recovered: false } : undefined;
  }

  /** Tells a member of what it caused itself up to a number; what is later comes in its turn. */
  private release(member: Member<Connection>, seq: number): void {
    for (const entry of member.held ?? []) if (entry.seq <= seq) this.deps.sendOwn(member.connection, entry);
    member.held = undefined;
  }

  /**
   * A member whose second join failed gets what was kept from it meanwhile, as soon as that can be read. Each attempt goes on
   * where the one before it broke off.
   */
  private async enterAgain(room: FeedRoom<Connection>, member: Member<Connection>): Promise<void> {
    const { first, last } = RETRY_DELAYS_MS;
    for (let delayMs = first; ; delayMs = Math.min(2 * delayMs, last)) {
      const { entrances } = member;
      try {
        const entrance = await room.enter(member, member.cursor, () => {});
        if (entrance === 'lost' || entrance === 'ended') this.deps.memberships.end(member);
        return;
      } catch {
        await pause(delayMs);
        // By then it may have left, or have begun to enter by itself.
        if (member.state === 'ended' || member.entrances !== entrances + 1) return;
      }
    }
  }
}

const pause = (delayMs: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
