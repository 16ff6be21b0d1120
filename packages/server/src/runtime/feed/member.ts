import type { JournalEntry } from '../ports/journal';

/** What the feed needs of a connection. */
export interface FeedConnection {
  readonly id: string;
  /** True once the connection has ended; whoever runs the feed tells it then. */
  readonly isClosed: boolean;
  /** Resolves when the connection takes more, or has ended. */
  drained(): Promise<void>;
}

/** One connection's membership of one room: a cursor in its journal. */
export interface Member<Connection extends FeedConnection> {
  readonly connection: Connection;
  readonly roomId: string;
  /** Who it is, as far as is known: what it caused itself comes with what only the actor is told. */
  readonly actor: string | undefined;
  /** Number of the last event it was sent; while it is `live`, the room's number holds instead. */
  cursor: number;
  /** Number up to which it had everything when it was `live` before, until it is again. */
  base: number | undefined;
  /** Counts how often it began to enter: only the last time goes on. */
  entrances: number;
  /** What it caused itself while its room was being looked up, and has not been told of. */
  held: JournalEntry[] | undefined;
  /**
   * - `entering`: it is sent what it missed
   * - `live`: it has what the room has
   * - `ended`: it left, was removed, or its connection or room ended
   */
  state: 'entering' | 'live' | 'ended';
}
