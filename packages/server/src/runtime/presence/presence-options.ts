/** How members of rooms are told who else is there, where the contract declares their presence. */
export interface PresenceOptions {
  /** Milliseconds between two events of a room: all that changes meanwhile comes in one. Default 250. */
  readonly intervalMs?: number;
  /** Members of a room up to which all are told; of bigger ones only how many there are. Default 100. */
  readonly maxMembers?: number;
  /** Milliseconds that a state holds where it is not said again. Default 30,000. */
  readonly stateTtlMs?: number;
}

/** The options of presence, where a host leaves them out. */
export const PRESENCE_NUMBERS = { intervalMs: 250, maxMembers: 100, stateTtlMs: 30_000 } as const satisfies {
  [Name in keyof PresenceOptions]?: number;
};

/** The options of presence with their defaults. */
export type PresenceNumbers = Readonly<Record<keyof PresenceOptions, number>>;
