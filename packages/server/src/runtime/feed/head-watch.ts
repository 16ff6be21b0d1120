import type { Journal, Move } from '../ports/journal';

/** How often the journals of rooms with members are looked at, in milliseconds. */
const CHECK_INTERVAL_MS = 5_000;
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

/**
 * Watches the heads of journals: at once where the store tells of other processes' writes, at an interval in any case, as
 * what is told may be lost, and soon after whatever casts a doubt.
 */
export function watchHeads({ journal, roomIds, look, onMove, onForeignWrite }: HeadWatchDeps): HeadWatch {
  let doubted = new Set<string>();
  let delayMs = DOUBT_DELAY_MS;
  let timer: NodeJS.Timeout | undefined;
  let hasToldOfOthers = false;
  let isStopped = false;

  const tellOfOthers = () => {
    if (!hasToldOfOthers) onForeignWrite();
    hasToldOfOthers = true;
  };

  const doubt = (...ids: readonly string[]) => {
    if (isStopped || ids.length === 0) return;
    for (const id of ids) doubted.add(id);
    timer ??= setTimeout(() => void lookIntoDoubts(), delayMs).unref();
  };

  async function lookIntoDoubts(): Promise<void> {
    const ids = [...doubted];
    doubted = new Set();
    timer = undefined;
    try {
      await look(ids);
      delayMs = DOUBT_DELAY_MS;
    } catch {
      delayMs = Math.min(2 * delayMs, CHECK_INTERVAL_MS);
      doubt(...ids);
    }
  }

  async function check(): Promise<void> {
    const ids = roomIds();
    try {
      const isNews = await look(ids);
      if (isNews && watch.writing === 0 && doubted.size === 0) tellOfOthers();
    } catch {
      doubt(...ids);
    }
  }

  const interval = setInterval(() => void check(), CHECK_INTERVAL_MS).unref();
  const stopWatching = journal.watch?.(
    (move) => {
      tellOfOthers();
      onMove(move);
    },
    () => doubt(...roomIds()),
  );

  const watch: HeadWatch = {
    writing: 0,
    doubt,
    stop() {
      isStopped = true;
      clearInterval(interval);
      clearTimeout(timer);
      stopWatching?.();
    },
  };
  return watch;
}
