import type { JournalEntry, Position } from '../ports/journal';
import { type Entrance, FeedRoom, type FeedRoomDeps } from './feed-room';
import { type HeadWatch, watchHeads } from './head-watch';
import type { FeedConnection, Member } from './member';
import { PendingWrites } from './pending-writes';

/** Who is to become a member of a channel. */
export interface Entering<Connection extends FeedConnection> {
  readonly connection: Connection;
  /** Who it is, as far as is known. */
  readonly actor: string | undefined;
  /** Finds out where the channel stands; rejects where it cannot be entered. */
  readonly find: () => Promise<Position>;
  /** Called before anything is sent, once it is known that something can be. */
  readonly onEntering: () => void;
}

/** Where a connection stands that has entered a channel. */
export interface Entered extends Position {
  /** Whether all that happened after the position it asked for has been sent. */
  readonly recovered: boolean;
}

/** What a {@link JournalFeed} is made of. */
export interface JournalFeedDeps<Connection> extends Pick<FeedRoomDeps<Connection>, 'journal' | 'sender'> {
  /** Told that a channel is over, before its members are taken out; whoever ended it, in whichever process. */
  readonly onEnd: (channelId: string, position: Position) => void;
  /** Told, once, that another process writes to the same journals. */
  readonly onForeignWrite: () => void;
}

/** Something that is written to a channel's journal. */
export interface FeedWrite<Connection> {
  readonly channelId: string;
  /** Names the write, where its sender is told more of it than others. */
  readonly key?: string | undefined;
  /** The connection that asked for it. */
  readonly sender?: Connection | undefined;
}

/** Serves the connections of this process from the journals of the channels they are in. */
export class JournalFeed<Connection extends FeedConnection> {
  private readonly rooms = new Map<string, FeedRoom<Connection>>();
  private readonly memberships = new Map<Connection, Map<string, Member<Connection>>>();
  private readonly pending = new PendingWrites<Connection>();
  private readonly heads: HeadWatch;

  constructor(private readonly deps: JournalFeedDeps<Connection>) {
    this.heads = watchHeads({
      journal: deps.journal,
      channelIds: () => [...this.rooms.keys()],
      look: (channelIds) => this.look(channelIds),
      onMove: ({ channelId, epoch, seq, deleted }) => {
        if (deleted) this.end(channelId, { epoch, seq });
        else void this.moveTo(channelId, { epoch, seq });
      },
      onForeignWrite: deps.onForeignWrite,
    });
  }

  /**
   * Runs a write. Where it fails it may have taken place all the same, so the journal is looked at until it can be
   * read: members hear of what was written though its answer was lost.
   */
  async write<Result>(
    { channelId, key, sender }: FeedWrite<Connection>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const isNamed = key !== undefined && sender !== undefined;
    if (isNamed) this.pending.begin(channelId, key, sender);
    this.heads.writing += 1;
    try {
      const result = await work();
      if (isNamed) this.pending.end(channelId, key);
      return result;
    } catch (cause) {
      if (isNamed) this.pending.doubt(channelId, key);
      this.heads.doubt(channelId);
      throw cause;
    } finally {
      this.heads.writing -= 1;
    }
  }

  /**
   * Sends an event that this process wrote to the members, and to its sender, in the channel or not. Resolves once
   * it is sent, where that is not at once; never rejects.
   */
  publish(
    channelId: string,
    epoch: string,
    entry: JournalEntry,
    sender?: Connection,
  ): Promise<void> | undefined {
    const room = this.rooms.get(channelId);
    if (sender && !room?.members.has(sender.id)) {
      const entering = this.memberships.get(sender)?.get(channelId);
      // Where it is about to be served from, and so whether that includes this event, is not known yet.
      if (entering) entering.held.push(entry);
      else this.sendOwn(sender, entry);
    }
    if (!room) return undefined;
    if (room.epoch === epoch) return room.offer(entry, sender);
    this.heads.doubt(channelId);
    return undefined;
  }

  /** Notes where a channel stands. Resolves once members have what happened up to there; never rejects. */
  moveTo(channelId: string, { epoch, seq }: Position): Promise<void> | undefined {
    const room = this.rooms.get(channelId);
    if (!room) return undefined;
    if (room.epoch === epoch) return room.moveTo(seq);
    this.heads.doubt(channelId);
    return undefined;
  }

  /**
   * Makes a connection a member from `resume` on, or, where what it missed cannot be told whole or is not asked for,
   * from where the channel was found to be. `undefined` where the channel or the membership ended meanwhile. Rejects
   * as the journal and `find` do; who was a member before then still is.
   */
  async enter(
    entering: Entering<Connection>,
    channelId: string,
    resume: Position | undefined,
  ): Promise<Entered | undefined> {
    const { connection, actor } = entering;
    const known = this.memberships.get(connection)?.get(channelId);
    const member: Member<Connection> = known ?? {
      connection,
      actor,
      cursor: 0,
      base: undefined,
      entrances: 0,
      held: [],
      state: 'entering',
    };
    this.remember(member, channelId);
    try {
      const entered = await this.findAndEnter(entering, member, channelId, resume);
      if (!entered) this.forget(member, channelId);
      return entered;
    } catch (cause) {
      if (!known) this.forget(member, channelId);
      throw cause;
    } finally {
      this.release(member, Number.POSITIVE_INFINITY);
    }
  }

  /** Ends a membership; harmless where there is none. */
  leave(connection: Connection, channelId: string): void {
    const member = this.memberships.get(connection)?.get(channelId);
    if (member) this.forget(member, channelId);
  }

  /** The members of a channel that are connected to this process. */
  membersOf(channelId: string): Member<Connection>[] {
    return [...(this.rooms.get(channelId)?.members.values() ?? [])];
  }

  /** Whether a connection is in a channel, or is entering it. */
  isMember(connection: Connection, channelId: string): boolean {
    return this.memberships.get(connection)?.has(channelId) ?? false;
  }

  /** In how many channels a connection is, those it is entering included. */
  countChannels(connection: Connection): number {
    return this.memberships.get(connection)?.size ?? 0;
  }

  /** The channel is over in this life: its members are told, and are in it no longer. */
  end(channelId: string, position: Position): void {
    const room = this.rooms.get(channelId);
    if (room && room.epoch !== position.epoch) return;
    this.deps.onEnd(channelId, position);
    if (!room) return;
    for (const member of [...room.members.values()]) this.forget(member, channelId);
    room.end();
    this.rooms.delete(channelId);
  }

  /** Stops looking at journals. */
  close(): void {
    this.heads.stop();
  }

  private async findAndEnter(
    { find, onEntering }: Entering<Connection>,
    member: Member<Connection>,
    channelId: string,
    resume: Position | undefined,
  ): Promise<Entered | undefined> {
    const found = await find();
    // Somebody has not heard yet that the channel was deleted and created anew: either the room, or who asks.
    if (this.isForeign(channelId, found.epoch)) await this.look([channelId]);
    if (this.isForeign(channelId, found.epoch)) return undefined;
    if (!this.isCurrent(member, channelId)) return undefined;
    // From here on nothing is awaited until the member is in the room, which is kept as long as it has one.
    const room = this.roomOf(channelId, found.epoch);
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
      if (base !== undefined && this.isCurrent(member, channelId)) {
        member.base = Math.max(base, member.cursor);
        void this.enterAgain(room, member, member.base);
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
      member.held = [];
      return { epoch: room.epoch, seq: member.cursor, recovered: true };
    }
    if (resumed === 'ended') return undefined;
    this.release(member, fallback);
    const entrance = await room.enter(member, fallback, onEntering);
    return entrance === 'live' ? { epoch: room.epoch, seq: member.cursor, recovered: false } : undefined;
  }

  /** Tells a member of what it caused itself up to a number; what is later comes in its turn. */
  private release(member: Member<Connection>, seq: number): void {
    for (const entry of member.held) if (entry.seq <= seq) this.sendOwn(member.connection, entry);
    member.held = [];
  }

  private sendOwn(connection: Connection, { event, payload, own }: JournalEntry): void {
    this.deps.sender.toOne(connection, event, { ...payload, ...own?.fields });
  }

  /** A member whose second join failed gets what was kept from it meanwhile, as soon as that can be read. */
  private async enterAgain(
    room: FeedRoom<Connection>,
    member: Member<Connection>,
    after: number,
  ): Promise<void> {
    for (let delayMs = 100; ; delayMs = Math.min(2 * delayMs, 5_000)) {
      const { entrances } = member;
      try {
        const entrance = await room.enter(member, after, () => {});
        if (entrance === 'lost' || entrance === 'ended') this.forget(member, room.channelId);
        return;
      } catch {
        await pause(delayMs);
        // By then it may have left, or have begun to enter by itself.
        if (member.state === 'ended' || member.entrances !== entrances + 1) return;
      }
    }
  }

  /** Whether a channel has a room here that is of another life than `epoch`. */
  private isForeign(channelId: string, epoch: string): boolean {
    const room = this.rooms.get(channelId);
    return room !== undefined && room.epoch !== epoch;
  }

  private roomOf(channelId: string, epoch: string): FeedRoom<Connection> {
    const known = this.rooms.get(channelId);
    if (known) return known;
    const room = new FeedRoom<Connection>(channelId, epoch, {
      ...this.deps,
      senderOf: (id, key) => this.pending.senderOf(id, key),
      onDoubt: (id) => this.heads.doubt(id),
    });
    this.rooms.set(channelId, room);
    return room;
  }

  /** Compares rooms with where their channels stand, and answers whether that was news. Rejects as the journal does. */
  private async look(channelIds: readonly string[]): Promise<boolean> {
    const rooms = channelIds.flatMap((id) => this.rooms.get(id) ?? []);
    if (rooms.length === 0) return false;
    const heads = await this.deps.journal.readHeads(rooms.map(({ channelId }) => channelId));
    let isNews = false;
    for (const room of rooms) isNews = this.compare(room, heads.get(room.channelId)) || isNews;
    return isNews;
  }

  /** `head` is `undefined` for a channel that does not exist. */
  private compare(room: FeedRoom<Connection>, head: Position | undefined): boolean {
    const { channelId, epoch } = room;
    if (this.rooms.get(channelId) !== room) return false;
    if (head?.epoch !== epoch) {
      this.end(channelId, { epoch, seq: room.seq + 1 });
      return true;
    }
    return room.moveTo(head.seq) !== undefined;
  }

  /** Whether a member has not been taken out meanwhile, nor its connection ended. */
  private isCurrent(member: Member<Connection>, channelId: string): boolean {
    return this.memberships.get(member.connection)?.get(channelId) === member;
  }

  private remember(member: Member<Connection>, channelId: string): void {
    const { connection } = member;
    const known = this.memberships.get(connection);
    const channels = known ?? new Map<string, Member<Connection>>();
    channels.set(channelId, member);
    if (known) return;
    this.memberships.set(connection, channels);
    const onClosed = () => this.forgetAll(connection);
    if (connection.closed.aborted) onClosed();
    else connection.closed.addEventListener('abort', onClosed, { once: true });
  }

  private forget(member: Member<Connection>, channelId: string): void {
    const channels = this.memberships.get(member.connection);
    if (channels?.get(channelId) === member) channels.delete(channelId);
    this.takeOut(member, channelId);
  }

  private forgetAll(connection: Connection): void {
    const channels = this.memberships.get(connection) ?? new Map<string, Member<Connection>>();
    this.memberships.delete(connection);
    for (const [channelId, member] of channels) this.takeOut(member, channelId);
  }

  private takeOut(member: Member<Connection>, channelId: string): void {
    const room = this.rooms.get(channelId);
    if (!room) {
      member.state = 'ended';
      return;
    }
    room.drop(member);
    if (room.members.size === 0) this.rooms.delete(channelId);
  }
}

const pause = (delayMs: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
