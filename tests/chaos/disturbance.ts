/** The two ways bytes go through a proxy. */
export type Direction = 'toServer' | 'toClient';

/** Something that goes wrong, or is changed, during a run. */
export type Disturbance =
  | { readonly kind: 'kill' }
  | { readonly kind: 'cut' | 'loseAcknowledgements' | 'reload'; readonly client: number }
  | { readonly kind: 'cutInPacket'; readonly client: number; readonly direction: Direction }
  /** The connection is cut, and again while its successor is upgraded, after so many answers of the server. */
  | { readonly kind: 'cutUpgrade'; readonly client: number; readonly answers: number }
  /** `outage` and `absence` keep a client away, `slow` lets it read nothing; the last two are long. */
  | { readonly kind: 'outage' | 'absence' | 'slow'; readonly client: number; readonly forSends: number }
  | {
      readonly kind: 'stall';
      readonly client: number;
      readonly directions: readonly Direction[];
      readonly forSends: number;
    }
  | {
      readonly kind: 'delete' | 'clear' | 'update' | 'deleteChannel';
      readonly client: number;
      readonly channel: number;
    };

/** A disturbance, and how many sends have been started when it comes. */
export type Step = Disturbance & { readonly at: number };

/** How much of each disturbance there is in a run. */
export type Amounts = Readonly<Record<Disturbance['kind'], number>>;
