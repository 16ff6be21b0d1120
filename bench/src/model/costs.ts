/** What one message costs in its places, in microseconds of CPU. */
export interface TalkCosts {
  /** The server that takes it: checks, answers, keeps or passes it on. */
  readonly send: number;
  /** Each member that gets it. */
  readonly deliver: number;
  /** Each other server that has members of the room, besides its deliveries. */
  readonly hear: number;
  /** Each other server that has none. */
  readonly overhear: number;
  readonly redis: number;
  /** Each server that reads it from Redis, besides the first. */
  readonly redisReader: number;
  readonly postgres: number;
  /** Each other server that is told by PostgreSQL, and reads it where it has members. */
  readonly postgresReader: number;
}

/** What a connection costs. */
export interface ConnectionCosts {
  /** Bytes of resident memory that an idle one holds. */
  readonly bytes: number;
  /** Microseconds of CPU of its node to connect and join a room. */
  readonly connect: number;
  /** Milliseconds from one to the next where many connect at once, on the machine that measures: clients, node and database share it. */
  readonly connectMs: number;
  /** Microseconds of CPU a second that it takes to do nothing: its heartbeat. */
  readonly idle: number;
}

/** How a message crosses, in bytes. */
export interface ByteCosts {
  /** What a delivery is on the wire. */
  readonly delivery: number;
  /** What a relayed message is to Redis, and to each that reads it. */
  readonly redisIn: number;
  readonly redisOut: number;
  /** What a stored message takes in PostgreSQL's log, which is what its disk writes before all else. */
  readonly postgresLog: number;
}

/** A run that the model is checked against: nothing of it is in the costs. */
export interface Check {
  readonly talk: TalkName;
  readonly nodes: number;
  readonly rooms: number;
  readonly members: number;
  readonly messages: number;
  readonly seconds: number;
  /** Microseconds of CPU. */
  readonly servers: number;
  readonly redis: number;
  readonly postgres: number;
}

/** A node that was replaced, to check the simulation against. Times in milliseconds. */
export interface RestartCheck {
  readonly clients: number;
  /** Nodes that took them. */
  readonly others: number;
  readonly spreadMs: number;
  /** How long clients were away. */
  readonly p50: number;
  readonly p99: number;
  /** The most that came back in a second. */
  readonly peak: number;
}

export type TalkName = 'relayed' | 'stored';

/** What a run has measured, and when. */
export interface Costs {
  /** Where it was measured. */
  readonly run: string;
  /** Microseconds of CPU a second that a server takes with nobody there. */
  readonly nodeIdle: number;
  readonly talks: Readonly<Record<TalkName, TalkCosts>>;
  readonly connection: ConnectionCosts;
  readonly bytes: ByteCosts;
  readonly checks: readonly Check[];
  readonly restarts: readonly RestartCheck[];
}
