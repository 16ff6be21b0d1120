/** How the names of the events begin that every connection speaks, whatever its contract. */
export const SESSION_PREFIX = 'wirepact:';

/**
 * The events of the session, by the part they play: what a connection speaks besides the events of its contract. A contract
 * that has events of its own for some of them names those in their place.
 */
export interface SessionNames {
  /** To the server: asks for an answer, to measure how long one takes. */
  readonly heartbeat: string;
  /** To the server: proves again who this is. */
  readonly authenticate: string;
  /** To the client: the first event of every connection. */
  readonly established: string;
  /** To the client: the last event before the server ends a connection. */
  readonly ended: string;
  /** To the server: takes part in a room, from a place in its journal on. */
  readonly join: string;
  /** To the server: takes part no longer. */
  readonly leave: string;
  /** To the client: the server has taken it out of a room. */
  readonly left: string;
  /** To the client: a room is over, and its journal with it. */
  readonly deleted: string;
  /** To the server: whether it wants to be told who is in a room. */
  readonly watchPresence: string;
  /** To the server: what this client does in a room right now. */
  readonly updatePresence: string;
  /** To the client: who is in a room, and what they do. */
  readonly presenceChanged: string;
  /** To the client: items of a stream. */
  readonly streamItems: string;
  /** To the client: a stream is over. */
  readonly streamEnd: string;
  /** To the server: so many more items may come. */
  readonly streamCredit: string;
  /** To the server: the rest of a stream is not wanted. */
  readonly streamCancel: string;
}

/** Names of what every connection speaks, for contracts that have none of their own. */
export const CONNECTION_NAMES = {
  heartbeat: 'wirepact:heartbeat',
  authenticate: 'wirepact:authenticate',
  established: 'wirepact:established',
  ended: 'wirepact:ended',
} as const;

/** What a contract may call what every connection speaks. */
export type ConnectionNames = Pick<SessionNames, keyof typeof CONNECTION_NAMES>;

/** Names of what is spoken of rooms. */
export const ROOM_NAMES = {
  join: 'wirepact:join',
  leave: 'wirepact:leave',
  left: 'wirepact:left',
  deleted: 'wirepact:deleted',
  watchPresence: 'wirepact:watch_presence',
  updatePresence: 'wirepact:update_presence',
  presenceChanged: 'wirepact:presence_changed',
} as const;

/** Names of what is spoken of streams. */
export const STREAM_NAMES = {
  streamItems: 'wirepact:stream_items',
  streamEnd: 'wirepact:stream_end',
  streamCredit: 'wirepact:stream_credit',
  streamCancel: 'wirepact:stream_cancel',
} as const;

/** Names of the session's events for contracts that have none of their own. A page loads those of what it uses. */
export const SESSION_NAMES = /* @__PURE__ */ Object.assign(
  {},
  CONNECTION_NAMES,
  ROOM_NAMES,
  STREAM_NAMES,
) satisfies SessionNames;
