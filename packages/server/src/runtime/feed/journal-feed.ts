import type { JournalEntry, Position } from '../ports/journal';
import type { Tracing } from '../ports/tracing';
import { type Entered, type Entering, Entrances } from './entrances';
import { FeedRoom, type FeedRoomDeps, payloadForActor } from './feed-room';
import { type HeadWatch, watchHeads } from './head-watch';
import type { FeedConnection, Member } from './member';
import { Memberships } from './memberships';
import { PendingWrites } from './pending-writes';

/** What a {@link JournalFeed} is made of. */
export interface JournalFeedDeps<Connection>
  extends Pick<FeedRoomDeps<Connection>, 'journal' | 'sender' | 'onLive'> {
  /** Follows what is written; left out where nobody does. */
  readonly tracing?: Pick<Tracing, 'run' | 'apart'> | undefined;
  /** Told of every membership that has ended, of those included that were never live; left out where nobody is. */
  readonly onLeft?: ((connection: Connection, roomId: string) => void) | undefined;
  /** Told that a room is over, before its members are taken out; whoever ended it, in whichever process. */
  readonly onEnd: (roomId: string, position: Position) => void;
  /** Told, once, that another process writes to the same journals. */
  readonly onForeignWrite: () => void;
}

/** Something that is written to a room's journal. */
export interface FeedWrite<Connection> {
  readonly roomId: string;
  /** Names the write, where its sender is told more of it than others. */
  readonly key?: string | undefined;
  /** The connection that asked for it. */
  readonly sender?: Connection | undefined;
}

/** So many lives of rooms are remembered that are over: a write may be answered only after that. */
const MAX_OVER = 1_000;

const toLife = (roomId: string, epoch: string) => `${epoch} ${roomId}`;

/** Serves the connections of this process from the journals of the rooms they are in. */
export class JournalFeed<Connection extends FeedConnection> {
  private readonly rooms = new Map<string, FeedRoom<Connection>>();
  private readonly memberships = new Memberships<Connection>((member) => this.takeOut(member));
  private readonly entrances = new Entrances<Connection>({
    memberships: this.memberships,
    settleDoubt: (roomId, epoch) => this.settleDoubt(roomId, epoch),
    openRoom: (roomId, epoch) => this.openRoom(roomId, epoch),
    sendOwn: (connection, entry) => this.sendOwn(connection, entry),
  });
  private readonly pending = new PendingWrites<Connection>();
  private readonly heads: HeadWatch;
  /** Lives of rooms of which it was told that they are over, the oldest first. */
  private readonly over = new Set<string>();

  constructor(private readonly deps: JournalFeedDeps<Connection>) {
    this.heads = watchHeads({
      journal: deps.journal,
      roomIds: () => [...this.rooms.keys()],
      look: (roomIds) => this.look(roomIds),
      onMove: ({ roomId, epoch, seq, deleted }) => {
        if (deleted) this.end(roomId, { epoch, seq });
        else void this.moveTo(roomId, { epoch, seq });
      },
      onForeignWrite: deps.onForeignWrite,
    });
  }

  /**
   * Runs a write. Where it fails it may have taken place all the same, so the journal is looked at until it can be
   * read: members hear of what was written though its answer was lost.
   */
  async write<Result>(
    { roomId, key, sender }: FeedWrite<Connection>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const isNamed = key !== undefined && sender !== undefined;
    if (isNamed) this.pending.begin(roomId, key, sender);
    this.heads.writing += 1;
    try {
      const { tracing } = this.deps;
      const result = await (tracing ? tracing.run('store', work) : work());
      if (isNamed) this.pending.end(roomId, key);
      return result;
    } catch (cause) {
      if (isNamed) this.pending.doubt(roomId, key);
      this.heads.doubt(roomId);
      throw cause;
    } finally {
      this.heads.writing -= 1;
    }
  }

  /**
   * Sends an event that this process wrote to the members, and to its sender, in the room or not. Resolves once
   * it is sent, where that is not at once; never rejects.
   */
  publish(
    roomId: string,
    epoch: string,
    entry: JournalEntry,
    sender?: Connection,
  ): Promise<void> | undefined {
    const room = this.rooms.get(roomId);
    // A room that is over is gone with all that was written to it.
    if (sender && !room?.members.has(sender.id) && !this.over.has(toLife(roomId, epoch))) {
      const entering = this.memberships.get(sender, roomId);
      // Where it is about to be served from, and so whether that includes this event, is not known yet.
      if (!entering) this.sendOwn(sender, entry);
      else if (entering.held) entering.held.push(entry);
      else entering.held = [entry];
    }
    if (!room) return undefined;
    if (room.epoch === epoch) return room.offer(entry, sender);
    this.heads.doubt(roomId);
    return undefined;
  }

  /** Notes where a room stands. Resolves once members have what happened up to there; never rejects. */
  moveTo(roomId: string, { epoch, seq }: Position): Promise<void> | undefined {
    const room = this.rooms.get(roomId);
    if (!room) return undefined;
    if (room.epoch === epoch) return room.moveTo(seq);
    this.heads.doubt(roomId);
    return undefined;
  }

  /**
   * Makes a connection a member from `resume` on, or, where what it missed cannot be told whole or is not asked for,
   * from where the room was found to be. `undefined` where the room or the membership ended meanwhile. Rejects
   * as the journal and `find` do; who was a member before then still is.
   */
  enter(
    entering: Entering<Connection>,
    roomId: string,
    resume: Position | undefined,
  ): Promise<Entered | undefined> {
    return this.entrances.enter(entering, roomId, resume);
  }

  /** Ends a membership; harmless where there is none. */
  leave(connection: Connection, roomId: string): void {
    const member = this.memberships.get(connection, roomId);
    if (member) this.memberships.end(member);
  }

  /** Ends every membership of a connection that has ended. */
  forget(connection: object): void {
    this.memberships.endAll(connection);
  }

  /** The members of a room that are connected to this process. */
  membersOf(roomId: string): Member<Connection>[] {
    return [...(this.rooms.get(roomId)?.members.values() ?? [])];
  }

  /** The life of a room that its members here are in; `undefined` where there are none. */
  epochOf(roomId: string): string | undefined {
    return this.rooms.get(roomId)?.epoch;
  }

  /** Whether a connection is in a room, or is entering it. */
  isMember(connection: object, roomId: string): boolean {
    return this.memberships.get(connection, roomId) !== undefined;
  }

  /** In how many rooms a connection is, those it is entering included. */
  countRooms(connection: Connection): number {
    return this.memberships.count(connection);
  }

  /** The room is over in this life: its members are told, and are in it no longer. */
  end(roomId: string, position: Position): void {
    const room = this.rooms.get(roomId);
    if (room && room.epoch !== position.epoch) return;
    this.noteOver(toLife(roomId, position.epoch));
    this.deps.onEnd(roomId, position);
    if (!room) return;
    for (const member of [...room.members.values()]) this.memberships.end(member);
    room.end();
    this.rooms.delete(roomId);
  }

  /** Compares a room with where its journal stands. Rejects as the journal does. */
  async refresh(roomId: string): Promise<void> {
    await this.look([roomId]);
  }

  /** Stops looking at journals. */
  close(): void {
    this.heads.stop();
  }

  private noteOver(life: string): void {
    const [oldest] = this.over;
    if (this.over.size >= MAX_OVER && oldest !== undefined) this.over.delete(oldest);
    this.over.add(life);
  }

  private sendOwn(connection: Connection, entry: JournalEntry): void {
    this.deps.sender.toOne(connection, entry.event, payloadForActor(entry));
  }

  /** A room of another life: either it has not heard yet that the room was deleted and created anew, or who asks. */
  private async settleDoubt(roomId: string, epoch: string): Promise<void> {
    const known = this.rooms.get(roomId);
    if (known && known.epoch !== epoch) await this.look([roomId]);
  }

  private openRoom(roomId: string, epoch: string): FeedRoom<Connection> | undefined {
    const known = this.rooms.get(roomId);
    if (known) return known.epoch === epoch ? known : undefined;
    const room = new FeedRoom<Connection>(roomId, epoch, {
      ...this.deps,
      senderOf: (id, key) => this.pending.senderOf(id, key),
      onDoubt: (id) => this.heads.doubt(id),
    });
    this.rooms.set(roomId, room);
    return room;
  }

  /** Compares where rooms are served from with where they stand, and answers whether that was news. Rejects as the journal does. */
  private async look(roomIds: readonly string[]): Promise<boolean> {
    const rooms = roomIds.flatMap((id) => this.rooms.get(id) ?? []);
    if (rooms.length === 0) return false;
    const heads = await this.deps.journal.readHeads(rooms.map(({ id }) => id));
    let isNews = false;
    for (const room of rooms) isNews = this.compare(room, heads.get(room.id)) || isNews;
    return isNews;
  }

  /** `head` is `undefined` for a room that does not exist. */
  private compare(room: FeedRoom<Connection>, head: Position | undefined): boolean {
    const { id: roomId, epoch } = room;
    if (this.rooms.get(roomId) !== room) return false;
    if (head?.epoch !== epoch) {
      this.end(roomId, { epoch, seq: room.seq + 1 });
      return true;
    }
    return room.moveTo(head.seq) !== undefined;
  }

  private takeOut(member: Member<Connection>): void {
    const { roomId } = member;
    const room = this.rooms.get(roomId);
    if (room) room.drop(member);
    else member.state = 'ended';
    if (room?.members.size === 0) this.rooms.delete(roomId);
    const { connection } = member;
    // It may have come back meanwhile.
    if (!this.memberships.get(connection, roomId)) this.deps.onLeft?.(connection, roomId);
  }
}
