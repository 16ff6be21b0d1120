import type { JournalEntry, Position } from '../ports/journal';
import { type Entered, type Entering, Entrances } from './entrances';
import { FeedRoom, type FeedRoomDeps } from './feed-room';
import { type HeadWatch, watchHeads } from './head-watch';
import type { FeedConnection, Member } from './member';
import { Memberships } from './memberships';
import { PendingWrites } from './pending-writes';

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
  private readonly memberships = new Memberships<Connection>((member, channelId) =>
    this.takeOut(member, channelId),
  );
  private readonly entrances = new Entrances<Connection>({
    memberships: this.memberships,
    settleDoubt: (channelId, epoch) => this.settleDoubt(channelId, epoch),
    openRoom: (channelId, epoch) => this.openRoom(channelId, epoch),
    sendOwn: (connection, entry) => this.sendOwn(connection, entry),
  });
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
      const entering = this.memberships.get(sender, channelId);
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
  enter(
    entering: Entering<Connection>,
    channelId: string,
    resume: Position | undefined,
  ): Promise<Entered | undefined> {
    return this.entrances.enter(entering, channelId, resume);
  }

  /** Ends a membership; harmless where there is none. */
  leave(connection: Connection, channelId: string): void {
    const member = this.memberships.get(connection, channelId);
    if (member) this.memberships.end(member, channelId);
  }

  /** The members of a channel that are connected to this process. */
  membersOf(channelId: string): Member<Connection>[] {
    return [...(this.rooms.get(channelId)?.members.values() ?? [])];
  }

  /** Whether a connection is in a channel, or is entering it. */
  isMember(connection: Connection, channelId: string): boolean {
    return this.memberships.get(connection, channelId) !== undefined;
  }

  /** In how many channels a connection is, those it is entering included. */
  countChannels(connection: Connection): number {
    return this.memberships.count(connection);
  }

  /** The channel is over in this life: its members are told, and are in it no longer. */
  end(channelId: string, position: Position): void {
    const room = this.rooms.get(channelId);
    if (room && room.epoch !== position.epoch) return;
    this.deps.onEnd(channelId, position);
    if (!room) return;
    for (const member of [...room.members.values()]) this.memberships.end(member, channelId);
    room.end();
    this.rooms.delete(channelId);
  }

  /** Stops looking at journals. */
  close(): void {
    this.heads.stop();
  }

  private sendOwn(connection: Connection, { event, payload, own }: JournalEntry): void {
    this.deps.sender.toOne(connection, event, { ...payload, ...own?.fields });
  }

  /** A room of another life: either it has not heard yet that the channel was deleted and created anew, or who asks. */
  private async settleDoubt(channelId: string, epoch: string): Promise<void> {
    const known = this.rooms.get(channelId);
    if (known && known.epoch !== epoch) await this.look([channelId]);
  }

  private openRoom(channelId: string, epoch: string): FeedRoom<Connection> | undefined {
    const known = this.rooms.get(channelId);
    if (known) return known.epoch === epoch ? known : undefined;
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
