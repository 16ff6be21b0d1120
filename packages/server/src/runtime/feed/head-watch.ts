import type { Journal, Move } from '../ports/journal';

/** How often the journals of rooms with members are looked at at least, in milliseconds. */
const CHECK_INTERVAL_MS = 5_000;
/** By how much of it a process looks more often, at random: those that start together do not all ask at once. */
const CHECK_JITTER = 0.2;
/** How soon a doubt is looked into, in milliseconds; doubles while the journals cannot be read. */
const DOUBT_DELAY_MS = 50;

/** What {@link watchHeads} needs. */
export interface HeadWatchDeps {
  readonly journal: Pick<Journal, 'watch'>;
  /** Rooms that have members here. */
  readonly roomIds: () => string[];
  /** Looks where rooms stand; answers whether some had moved unnoticed. Rejects where that cannot be read now. */
  readonly look: (roomIds: readonly string[]) => Promise<boolean>;
  readonly onMove: (move: Move) => void;
  /** Told, once, that another process writes. */
  readonly onForeignWrite: () => void;
}

/** Finds out that rooms have moved, whoever moved them. */
export interface HeadWatch {
  /** Writes of this process that are under way: while there are some, what is new may be theirs. */
  writing: number;
  /** A room may have moved: it is looked at soon, and again until it can be read. */
  doubt(roomId: string): void;
  stop(): void;
}

class WatchedHeads implements HeadWatch {
  writing = 0;
  private doubted = new Set<string>();
  private delayMs = DOUBT_DELAY_MS;
  private timer: NodeJS.Timeout | undefined;
  private hasToldOfOthers = false;
  private isStopped = false;
  private readonly interval: NodeJS.Timeout;
  private readonly stopWatching: (() => void) | undefined;

  constructor(private readonly deps: HeadWatchDeps) {
    const intervalMs = CHECK_INTERVAL_MS * (1 - CHECK_JITTER * Math.random());
    this.interval = setInterval(() => void this.check(), intervalMs).unref();
    this.stopWatching = deps.journal.watch?.(
      (move) => {
        this.tellOfOthers();
        deps.onMove(move);
      },
      () => this.doubtAll(deps.roomIds()),
    );
  }

  doubt(roomId: string): void {
    this.doubtAll([roomId]);
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.interval);
    clearTimeout(this.timer);
    this.stopWatching?.();
  }

  private tellOfOthers(): void {
    if (!this.hasToldOfOthers) this.deps.onForeignWrite();
    this.hasToldOfOthers = true;
  }

  private doubtAll(ids: readonly string[]): void {
    if (this.isStopped || ids.length === 0) return;
    for (const id of ids) this.doubted.add(id);
    this.timer ??= setTimeout(() => void this.lookIntoDoubts(), this.delayMs).unref();
  }

  private async lookIntoDoubts(): Promise<void> {
    const ids = [...this.doubted];
    this.doubted = new Set();
    this.timer = undefined;
    try {
      await this.deps.look(ids);
      this.delayMs = DOUBT_DELAY_MS;
    } catch {
      this.delayMs = Math.min(2 * this.delayMs, CHECK_INTERVAL_MS);
      this.doubtAll(ids);
    }
  }

  private async check(): Promise<void> {
    const ids = this.deps.roomIds();
    try {
      const isNews = await this.deps.look(ids);
      if (isNews && this.writing === 0 && this.doubted.size === 0) this.tellOfOthers();
    } catch {
      this.doubtAll(ids);
    }
  }
}

/**
 * Watches the heads of journals: at once where the store tells of other processes' writes, at an interval in any case, as
 * what is told may be lost, and soon after whatever casts a doubt.
 */
export const watchHeads = (deps: HeadWatchDeps): HeadWatch => new WatchedHeads(deps);
