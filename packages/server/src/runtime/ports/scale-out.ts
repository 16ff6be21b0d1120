import type { Logger } from 'pino';
import type { Namespace, Server } from 'socket.io';
import type { ClusterAdapter } from 'socket.io-adapter';

/**
 * Joins the server processes of several machines, or of one: what is sent to a room reaches its members in each of them.
 * Made by `createRedisScaleOut` or `createClusterScaleOut`.
 */
export interface ScaleOut {
  /** Joins this process to all others that serve what has this name. Called by each server once. */
  join(name: string, logger: Logger): Fleet;
}

/** The processes that a server is one of, as it uses them. */
export interface Fleet {
  /** Makes what reaches the others, for a namespace. */
  readonly createAdapter: (namespace: Namespace) => ClusterAdapter;
  /** Counts what is taken in all processes together; left out where nothing does. */
  readonly counter?: SharedCounter;
  /** Told of the server once it is attached; left out where nobody is. */
  readonly onAttached?: (io: Server) => void;
  /** Resolves where the others can be reached now; rejects where they cannot. */
  check(): Promise<void>;
  /** Ends what was begun; called after the adapter was closed. */
  close(): void;
}

/** Counts points by key, for all processes together. */
export interface SharedCounter {
  /**
   * Adds points to a key's window, which begins with its first. Resolves with the points of all processes, these
   * included, and when the window ends; rejects where they cannot be counted now.
   */
  add(key: string, points: number, durationMs: number): Promise<SharedCount>;
}

/** What a key's window has. */
export interface SharedCount {
  /** Points that all processes have counted in it. */
  readonly points: number;
  /** Milliseconds until it ends. */
  readonly endsInMs: number;
}
