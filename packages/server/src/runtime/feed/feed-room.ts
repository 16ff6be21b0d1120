import type { Journal, JournalEntry, JournalPage, PageBounds } from '../ports/journal';
import type { Tracing } from '../ports/tracing';
import type { FeedConnection, Member } from './member';

/** What is read at once for a member that catches up, or for a room that has fallen behind. */
const PAGE: PageBounds = { maxEntries: 1_000, maxBytes: 1024 * 1024 };
/** Events remembered at most for those who are entering; who has fallen further behind reads on. */
const MAX_RECENT = 256;
/** Events at most that wait for others before them. */
const MAX_IN_HAND = 1_000;

/** Puts events on the wire. */
export interface EntrySender<Connection> {
  toOne(connection: Connection, event: string, payload: object): void;
  /** Everybody of this process in the room, but for the connections with these ids. */
  toRoom(roomId: string, exceptIds: string[], event: string, payload: object): void;
  /** From now on a connection receives what is sent to the room. */
  join(connection: Connection, roomId: string): void;
  /** From now on it does not. */
  leave(connection: Connection, roomId: string): void;
}

/** What a {@link FeedRoom} is made of. */
export interface FeedRoomDeps<Connection> {
  readonly journal: Journal;
  readonly sender: EntrySender<Connection>;
  /** The connection of this process whose request, still under way, is to cause an event with this key. */
  readonly senderOf: (roomId: string, key: string) => Connection | undefined;
  /** Told of every member that has become live, perhaps again; left out where nobody is. */
  readonly onLive?: ((connection: Connection, roomId: string, actor: string | undefined) => void) | undefined;
  /** Follows what is delivered; left out where nobody does. */
  readonly tracing?: Pick<Tracing, 'apart'> | undefined;
  /** Told where the journal could not be read, or not from where the room stands: look again later. */
  readonly onDoubt: (roomId: string) => void;
}

/**
 * What became of a member that was to enter: it is `live`; it is `lost`, as what it missed cannot be told whole; it
 * `ended` meanwhile; or it began to enter anew, and was `overtaken` by that.
 */
export type Entrance = 'live' | 'lost' | 'ended' | 'overtaken';

/** A step that the room has taken, with the event that it sent, if any. */
interface Step {
  readonly after: number;
  readonly seq: number;
  readonly entry?: JournalEntry;
}

interface InHand<Connection> {
  readonly entry: JournalEntry;
  readonly sender: Connection | undefined;
}

/** What whoever caused an event receives. Spreading an object of ten properties costs several times what `assign` does. */
export const payloadForActor = ({ payload, own }: JournalEntry): object =>
  Object.assign({}, payload, own?.fields);

/**
 * The members of one room that are connected to this process, in one life of the room. Those that are live share
 * one cursor, the room's, and every event is encoded for them once; those that are entering have one each. Both move
 * only as the journal does: an event in hand is sent where it is the next one, everything else is read.
 */
export class FeedRoom<Connection extends FeedConnection> {
  readonly members = new Map<string, Member<Connection>>();
  /** Number of the last event the live members have. */
  seq = 0;
  /** Number the room is known to have reached. */
  private head = 0;
  private liveCount = 0;
  private enteringCount = 0;
  private recent: Step[] = [];
  private readonly inHand = new Map<number, InHand<Connection>>();
  private advancing: Promise<void> | undefined;
  private isEnded = false;

  constructor(
    readonly id: string,
    readonly epoch: string,
    private readonly deps: FeedRoomDeps<Connection>,
  ) {}

  /** Takes an event that this process wrote. Resolves once it was sent, where that is not at once. */
  offer(entry: JournalEntry, sender: Connection | undefined): Promise<void> | undefined {
    this.head = Math.max(this.head, entry.seq);
    if (this.liveCount === 0) {
      this.remember({ after: entry.seq - 1, seq: entry.seq, entry });
      return undefined;
    }
    if (entry.seq <= this.seq) return undefined;
    if (entry.seq === this.seq + 1) {
      this.deliver(entry, sender);
      if (this.inHand.size > 0) this.apart(() => this.deliverInHand());
      return undefined;
    }
    if (this.inHand.size < MAX_IN_HAND) this.inHand.set(entry.seq, { entry, sender });
    return this.advance();
  }

  /** Notes that the room has moved. Resolves once the live members have what happened, or it cannot be read now. */
  moveTo(seq: number): Promise<void> | undefined {
    this.head = Math.max(this.head, seq);
    return this.liveCount > 0 && this.seq < this.head ? this.advance() : undefined;
  }

  /**
   * Sends a member everything after a number and makes it live in the same moment: it gets each event once, in order,
   * none left out. Rejects as the journal does; whoever asked then takes it out, or tries again.
   */
  async enter(member: Member<Connection>, after: number, onFirstPage: () => void): Promise<Entrance> {
    this.withdraw(member);
    member.state = 'entering';
    member.cursor = after;
    member.entrances += 1;
    this.members.set(member.connection.id, member);
    this.enteringCount += 1;
    try {
      return await this.catchUp(member, member.entrances, onFirstPage);
    } finally {
      this.enteringCount -= 1;
      if (this.enteringCount === 0) this.recent = [];
      // What others wrote while nobody was live was only noted.
      void this.moveTo(this.head);
    }
  }

  /** Takes a member out; harmless where it is not in. */
  drop(member: Member<Connection>): void {
    this.withdraw(member);
    member.state = 'ended';
    if (this.members.get(member.connection.id) === member) this.members.delete(member.connection.id);
  }

  /** The room is over: nobody is in it any more, and nobody who is entering becomes live. */
  end(): void {
    this.isEnded = true;
    for (const member of [...this.members.values()]) this.drop(member);
  }

  private async catchUp(
    member: Member<Connection>,
    entrance: number,
    onFirstPage: () => void,
  ): Promise<Entrance> {
    for (let isFirst = true; ; isFirst = false) {
      const from = member.cursor;
      const told = this.liveCount > 0 ? this.seq : from;
      const page = await this.read(from);
      if (member.entrances !== entrance) return 'overtaken';
      if (this.hasEnded(member)) return 'ended';
      if (!page) return 'lost';
      if (!page.hasMore && page.seq < told) throw this.fellBehind(page.seq, told);
      if (isFirst) onFirstPage();
      for (const entry of page.entries) this.sendTo(member, entry);
      member.cursor = page.seq;
      // Whatever overtakes this goes on from here, and sends none of it again.
      if (member.base !== undefined && from <= member.base) member.base = Math.max(member.base, page.seq);
      if (!page.hasMore) {
        this.lift(page, from);
        if (this.admit(member)) return 'live';
      }
      await member.connection.drained();
      if (this.seq < member.cursor) await this.moveTo(member.cursor);
      if (member.entrances !== entrance) return 'overtaken';
      if (this.hasEnded(member)) return 'ended';
    }
  }

  /** The store has lost what it had kept: whoever waits for that would wait for ever. */
  private fellBehind(seq: number, told: number): Error {
    return new Error(`The journal of ${this.id} ends at ${seq}, before ${told}, which members were told.`);
  }

  /** Makes a member live, where it now has everything the live ones have. Nothing is awaited in between. */
  private admit(member: Member<Connection>): boolean {
    for (const { after, seq, entry } of this.recent) {
      if (seq <= member.cursor) continue;
      if (after > member.cursor) break;
      if (entry) this.sendTo(member, entry);
      member.cursor = seq;
    }
    if (this.liveCount === 0) this.seq = member.cursor;
    if (this.seq !== member.cursor) return false;
    member.state = 'live';
    member.base = undefined;
    this.liveCount += 1;
    this.deps.sender.join(member.connection, this.id);
    this.deps.onLive?.(member.connection, this.id, member.actor);
    return true;
  }

  /** Ends that a member is live; it stays in the room with the number it has. */
  private withdraw(member: Member<Connection>): void {
    if (member.state !== 'live') return;
    member.state = 'entering';
    member.base = this.seq;
    this.liveCount -= 1;
    if (this.liveCount === 0) this.inHand.clear();
    this.deps.sender.leave(member.connection, this.id);
  }

  private hasEnded(member: Member<Connection>): boolean {
    return this.isEnded || member.state === 'ended' || member.connection.isClosed;
  }

  private read(after: number): Promise<JournalPage | undefined> {
    return this.deps.journal.read(this.id, { epoch: this.epoch, seq: after }, PAGE);
  }

  /** Reads until the live members have everything the room is known to have; one reading at a time. */
  private advance(): Promise<void> {
    this.advancing ??= this.apart(() => this.readOn()).finally(() => {
      this.advancing = undefined;
    });
    return this.advancing;
  }

  /** What is read, or waited for its turn, was not caused by whatever is under way. */
  private apart<Result>(work: () => Result): Result {
    const { tracing } = this.deps;
    return tracing ? tracing.apart(work) : work();
  }

  private async readOn(): Promise<void> {
    while (this.liveCount > 0 && this.seq < this.head) {
      const from = this.seq;
      const page = await this.read(from).catch(() => undefined);
      if (this.isEnded) return;
      if (!page) {
        this.deps.onDoubt(this.id);
        return;
      }
      this.lift(page, from);
      if (this.seq === from) return;
    }
  }

  /** Sends the live members what a page, read after `from`, has beyond what they have. */
  private lift(page: JournalPage, from: number): void {
    if (this.liveCount === 0 || from > this.seq) return;
    for (const entry of page.entries) {
      if (entry.seq <= this.seq) continue;
      const inHand = this.inHand.get(entry.seq);
      this.deliver(entry, inHand?.sender);
    }
    this.skipTo(page.seq);
    this.deliverInHand();
  }

  /** Sends what waited for what has now been sent. */
  private deliverInHand(): void {
    for (const seq of this.inHand.keys()) if (seq <= this.seq) this.inHand.delete(seq);
    for (let next = this.inHand.get(this.seq + 1); next; next = this.inHand.get(this.seq + 1)) {
      this.inHand.delete(next.entry.seq);
      this.deliver(next.entry, next.sender);
    }
  }

  /** Sends the next event to the live members; `sender` is whose request, answered or under way, caused it. */
  private deliver(entry: JournalEntry, sender: Connection | undefined): void {
    const { event, payload, own } = entry;
    const actor = own && (sender ?? this.deps.senderOf(this.id, own.key));
    const isLive = actor !== undefined && this.members.get(actor.id)?.state === 'live';
    this.deps.sender.toRoom(this.id, isLive ? [actor.id] : [], event, payload);
    if (isLive) this.deps.sender.toOne(actor, event, payloadForActor(entry));
    this.step({ after: this.seq, seq: entry.seq, entry });
  }

  private sendTo({ connection, actor }: Member<Connection>, entry: JournalEntry): void {
    const isOwn = entry.own !== undefined && entry.own.actor === actor;
    this.deps.sender.toOne(connection, entry.event, isOwn ? payloadForActor(entry) : entry.payload);
  }

  /** Goes on to a number; what is before it has been taken back. */
  private skipTo(seq: number): void {
    if (seq > this.seq) this.step({ after: this.seq, seq });
  }

  private step(step: Step): void {
    this.seq = step.seq;
    this.remember(step);
  }

  /** Keeps a step for those who are entering. */
  private remember(step: Step): void {
    if (this.enteringCount === 0) return;
    this.recent.push(step);
    if (this.recent.length > MAX_RECENT) this.recent.shift();
  }
}
