import type { Position } from './journal';
import type { Commit } from './metrics';

/** An event of a contract to keep in a channel's journal. */
export interface NewStoredEvent {
  /** Name of the event. */
  readonly name: string;
  /** What it carries, without its place in the journal. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Who caused it; left out where that is nobody who has a name. */
  readonly actor?: string | undefined;
  /** Names the send it comes of: for each channel, actor and event it is kept once. Left out where it may be kept again. */
  readonly key?: string | undefined;
}

/** An event of a contract, as a channel's journal keeps it. */
export interface StoredEvent extends NewStoredEvent {
  /** Its number in the journal of its channel. */
  readonly seq: number;
  readonly event: 'published';
}

/** Where an event was kept; `repeated` where it was before, by a send of the same key. */
export interface AppendedEvent extends Position {
  /** Whether the event was kept before, and nothing was now. */
  readonly repeated: boolean;
}

/** A channel whose journal has grown, or that is gone. */
export interface MovedChannel extends Position {
  readonly channelId: string;
  /** Whether the event at this position is the channel's end. */
  readonly deleted: boolean;
}

/** How much of a journal is read at once. */
export interface StoredBounds {
  /** How many entries, at most. */
  readonly maxEntries: number;
  /** Size of their JSON, in bytes; one entry is read whatever its size. */
  readonly maxBytes: number;
}

/** How much of a channel is kept. */
export interface Retention {
  /** Messages and events older than this are forgotten, in milliseconds. */
  readonly maxAgeMs?: number | undefined;
  /** Events of each channel that are kept at most, the newest ones. */
  readonly maxCount?: number | undefined;
}

/**
 * Keeps journals of channels, whatever the contract of their events. Every event gets the next `seq`, in the order of the
 * calls, and its promise resolves once it is as durable as the store makes it.
 *
 * @throws WirepactError `STORE_UNAVAILABLE` from every method, where the store cannot do it now.
 */
export interface EventStore {
  /**
   * Resolves once the store can be used; what is asked before that waits.
   * @throws WirepactError `STORE_UNAVAILABLE` with what is wrong and what to do.
   */
  open(): Promise<void>;
  /**
   * Where a channel stands; it is created where there is none.
   * @throws WirepactError `CHANNEL_LIMIT_REACHED` where the store takes no more.
   */
  openChannel(channelId: string): Promise<Position>;
  /** How many channels there are, counted no further than `max`. */
  countChannels(max: number): Promise<number>;
  /** Keeps an event, once for each key. `undefined` where there is no such channel. */
  appendEvent(channelId: string, event: NewStoredEvent): Promise<AppendedEvent | undefined>;
  /**
   * As {@link appendEvent}, in a transaction of the host's on the same database: the event is kept, and told, once the host
   * has committed. Creates the channel where there is none. Left out where the store has no transactions.
   * @param transaction a client of `pg`, or a `DatabaseSync`, on which a transaction has begun.
   */
  appendWithin?(transaction: unknown, channelId: string, event: NewStoredEvent): Promise<AppendedEvent>;
  /** Where these channels stand, read at once; those that are not there are missing. */
  readHeads(channelIds: readonly string[]): Promise<ReadonlyMap<string, Position>>;
  /** What happened after a position. `undefined` where that cannot be told whole: another epoch, or forgotten. */
  readJournal(
    channelId: string,
    after: Position,
    bounds: StoredBounds,
  ): Promise<
    | {
        readonly entries: readonly (StoredEvent | { readonly seq: number; readonly event: string })[];
        readonly seq: number;
        readonly hasMore: boolean;
      }
    | undefined
  >;
  /** Forgets the channel and its journal; the position is that of its end. `undefined` where there is no such channel. */
  deleteChannel(channelId: string): Promise<Position | undefined>;
  /** Forgets what is older or more than it may be. */
  prune(retention: Retention): Promise<void>;
  /**
   * Tells of channels that *other* processes have changed, as soon as it hears of it; left out where the store does not
   * hear of it. Returns a function that ends it.
   * @param onGap called where changes may have been missed: whoever needs them asks `readHeads`.
   */
  watch?(listener: (moved: MovedChannel) => void, onGap: () => void): () => void;
  /**
   * Tells of what it commits, for who measures it; left out where nothing is committed. Returns a function that ends it.
   */
  watchCommits?(listener: (commit: Commit) => void): () => void;
  /** Ends; what is under way is finished. */
  close(): Promise<void>;
}
