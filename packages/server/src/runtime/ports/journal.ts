/** A place in a room's journal. */
export interface Position {
  /** Names one life of the room: created anew under the same id it has another. */
  readonly epoch: string;
  /** Number of an event in that life; 0 before the first. */
  readonly seq: number;
}

/** What only whoever caused an event is told. */
export interface OwnPart {
  /** Who caused it. */
  readonly actor: string;
  /** Names the request it came from, among all of its room. */
  readonly key: string;
  /** Properties of the payload that go to the actor besides. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An event as a room's journal keeps it. */
export interface JournalEntry {
  readonly seq: number;
  /** Name of the event. */
  readonly event: string;
  /** What every member receives, its place in the journal included. */
  readonly payload: object;
  /** Left out where everybody is told the same. */
  readonly own?: OwnPart | undefined;
}

/** A part of a room's journal. */
export interface JournalPage {
  /** By rising `seq`. Numbers of what was taken back since are missing. */
  readonly entries: readonly JournalEntry[];
  /** Where whoever has these entries stands. */
  readonly seq: number;
  /** Whether the journal goes on behind them. */
  readonly hasMore: boolean;
}

/** How much of a journal is read at once: whichever bound is reached first, but one entry at least. */
export interface PageBounds {
  readonly maxEntries: number;
  /** Bytes of the entries as JSON. */
  readonly maxBytes: number;
}

/** A room that another process has changed. */
export interface Move extends Position {
  readonly roomId: string;
  /** Whether the room ended with this event. */
  readonly deleted: boolean;
}

/** The journals of all rooms, as members are served from them. It may reject where they cannot be read now. */
export interface Journal {
  /** Where these rooms stand; a room that does not exist is left out. */
  readHeads(roomIds: readonly string[]): Promise<ReadonlyMap<string, Position>>;
  /** What happened after a position. `undefined` where that cannot be told whole: another epoch, or forgotten. */
  read(roomId: string, after: Position, bounds: PageBounds): Promise<JournalPage | undefined>;
  /**
   * Calls `onMove` for what other processes write, and `onGap` where something of that may have been missed. Left
   * out where nobody tells. Returns the function that stops it.
   */
  watch?(onMove: (move: Move) => void, onGap: () => void): () => void;
}
