/** The two ways bytes go through a proxy. */
export type Direction = 'toServer' | 'toClient';

/**
 * Something one client does in a silent channel at the moment of a disturbance: nothing happens there afterwards until
 * every member has heard of it.
 */
export interface LastWord {
  readonly client: number;
  /** Counted among the silent channels. */
  readonly channel: number;
  readonly event: 'send' | 'update' | 'delete';
  /** How long before the disturbance, in milliseconds: it may be anywhere on its way. */
  readonly headStartMs: number;
}

/** What happens to the server processes or to their database. Everything is up again when it is over. */
export type BackendDisturbance = { readonly lastWord: LastWord } & (
  | { readonly kind: 'kill'; readonly server: number }
  /**
   * PostgreSQL's postmaster is killed, or all of its processes are stopped, for so long. `server` is killed meanwhile,
   * and started before the database is back.
   */
  | {
      readonly kind: 'killDatabase' | 'freezeDatabase';
      readonly forMs: number;
      readonly server: number | undefined;
    }
  /** Nothing passes between one server and PostgreSQL for so long; it may be in the middle of a transaction. */
  | { readonly kind: 'stallDatabase'; readonly forMs: number; readonly server: number }
  /** Redis is killed, and is away for so long; `server` is killed meanwhile, and started before it is back. */
  | { readonly kind: 'killRedis'; readonly forMs: number; readonly server: number | undefined }
  /** PostgreSQL ends the connections of all servers. */
  | { readonly kind: 'terminateBackends' }
  /** PostgreSQL commits the last word, and its answer does not reach the server; `cuts` as a proxy takes it. */
  | { readonly kind: 'loseCommit'; readonly cuts: 'one' | 'all' }
);

/** What happens to the connection of one client. */
export type ConnectionDisturbance = { readonly client: number } & (
  | { readonly kind: 'cut' | 'loseAcknowledgements' }
  /** `afterLoss`: just after an acknowledgement for the page was lost. */
  | { readonly kind: 'reload'; readonly afterLoss: boolean }
  | { readonly kind: 'cutInPacket'; readonly direction: Direction }
  /** The connection is cut, and again while its successor is upgraded, after so many answers of the server. */
  | { readonly kind: 'cutUpgrade'; readonly answers: number }
  /** `outage` and `absence` keep a client away, `slow` lets it read nothing; the last two are long. */
  | { readonly kind: 'outage' | 'absence' | 'slow'; readonly forSends: number }
  | { readonly kind: 'stall'; readonly directions: readonly Direction[]; readonly forSends: number }
);

/** A change of a channel that is not a send. */
export interface ChannelDisturbance {
  readonly kind: 'delete' | 'clear' | 'update' | 'deleteChannel';
  readonly client: number;
  readonly channel: number;
}

/** Something that goes wrong, or is changed, during a run. */
export type Disturbance = BackendDisturbance | ConnectionDisturbance | ChannelDisturbance;

/** A disturbance, and how many sends have been started when it comes. */
export type Step = Disturbance & { readonly at: number };

/** How much of each disturbance there is in a run. */
export type Amounts = Readonly<Record<Disturbance['kind'], number>>;
