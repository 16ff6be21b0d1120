import type { Journal, JournalEntry, JournalPage, PageBounds, Position } from '../ports/journal';
import type { FeedConnection } from './member';

export const CHANNEL = 'room';
export const EPOCH = 'one';

/** A journal of one room that answers when it is told to, or not at all. */
export class TestJournal implements Journal {
  private readonly entries: JournalEntry[] = [];
  /** Whether it can be read. */
  isUp = true;

  /** Number of the last event. */
  get seq(): number {
    return this.entries.length;
  }

  get position(): Position {
    return { epoch: EPOCH, seq: this.seq };
  }

  /** Puts the next event in; nobody is told. */
  commit(actor: string): JournalEntry {
    const seq = this.seq + 1;
    const entry = {
      seq,
      event: 'happened',
      payload: { seq },
      own: { actor, key: `${seq}`, fields: { isOwn: true } },
    };
    this.entries.push(entry);
    return entry;
  }

  /** Who caused an event. */
  actorOf(seq: number): string | undefined {
    return this.entries[seq - 1]?.own?.actor;
  }

  async readHeads(): Promise<ReadonlyMap<string, Position>> {
    await this.pass();
    return new Map([[CHANNEL, this.position]]);
  }

  async read(_roomId: string, after: Position, bounds: PageBounds): Promise<JournalPage | undefined> {
    await this.pass();
    const later = this.entries.slice(after.seq);
    await this.pass();
    // Pages are short, so that there are many.
    const entries = later.slice(0, Math.min(bounds.maxEntries, 3));
    const hasMore = later.length > entries.length;
    return { entries, hasMore, seq: entries.at(-1)?.seq ?? after.seq };
  }

  /** Takes some turns, or fails. */
  private async pass(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (!this.isUp) throw new Error('the journal cannot be read now');
  }
}

/** A connection that remembers what it was sent. */
export class TestConnection implements FeedConnection {
  isClosed = false;
  readonly received: { readonly seq: number; readonly isOwn?: boolean }[] = [];
  isInRoom = false;

  constructor(readonly id: string) {}

  async drained(): Promise<void> {}

  end(): void {
    this.isInRoom = false;
    this.isClosed = true;
  }
}
