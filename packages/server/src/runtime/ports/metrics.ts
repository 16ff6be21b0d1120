import type { Contract } from '@wirepact/contract/runtime';

/** How a server stands now. */
export interface ServerState {
  /** Connections, by the name of their transport: `websocket`, `polling`. */
  readonly connections: Readonly<Record<string, number>>;
  /** Packets and bytes that wait to be sent, of all connections together. */
  readonly waiting: { readonly packets: number; readonly bytes: number };
  /** Connections that read so slowly that what can be lost is held back from them. */
  readonly congested: number;
  /** What is under way, by its kind: `requests`, `streams`, and what the application has besides. */
  readonly running: Readonly<Record<string, number>>;
}

/** Writes that a store has committed together, or could not. */
export interface Commit {
  /** How many there were. */
  readonly writes: number;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Whether they are kept; where not, none of them is. */
  readonly isStored: boolean;
}

/** What a server tells of what happens. Nothing of it may throw, or take long: it is called for every event. */
export interface ServerMeter {
  /**
   * An event was answered so many milliseconds after it came, with `OK`, the code of an error, or `ABANDONED` where its
   * sender was gone. The name is left out of an event that the contract does not have: it is whatever a client sent.
   */
  answered(event: string | undefined, code: string, ms: number): void;
  /** A connection was not let in, with the code that its client was told. */
  refused(code: string): void;
  /** A connection, or what else is under way, has ended, and how. */
  ended(kind: string, how: string): void;
  /** A store has tried to commit. */
  committed(commit: Commit): void;
  /** So many events were read from a journal, for a member that catches up or for a room that does. */
  caughtUp(events: number): void;
  /** The server is at work: `read` looks at how it stands. Returns a function that ends it, when the server is closed. */
  watch(read: () => ServerState): () => void;
}

/** Where servers are measured. */
export interface Metrics {
  /** What a server of this contract tells what happens. The contract has every event it is told of. */
  meter(contract: Contract): ServerMeter;
}
