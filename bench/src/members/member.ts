/** Somebody in a channel, whatever is spoken there. */
export interface Member {
  /** Sends a message to the channel; `done` is called with the answer, and with an error where that is a failure. */
  send(done: (error?: Error) => void): void;
}

/** Connects somebody and joins them to a channel; `onDelivery` is called with every message that reaches them. */
export type JoinMember = (port: number, channelId: string, onDelivery: () => void) => Promise<Member>;
