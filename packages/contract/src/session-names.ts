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

/** Names of the session's events for contracts that have none of their own. */
export const SESSION_NAMES = {
  heartbeat: 'wirepact:heartbeat',
  authenticate: 'wirepact:authenticate',
  established: 'wirepact:established',
  ended: 'wirepact:ended',
  join: 'wirepact:join',
  leave: 'wirepact:leave',
  left: 'wirepact:left',
  deleted: 'wirepact:deleted',
  watchPresence: 'wirepact:watch_presence',
  updatePresence: 'wirepact:update_presence',
  presenceChanged: 'wirepact:presence_changed',
  streamItems: 'wirepact:stream_items',
  streamEnd: 'wirepact:stream_end',
  streamCredit: 'wirepact:stream_credit',
  streamCancel: 'wirepact:stream_cancel',
} as const satisfies SessionNames;
