/** The other processes of a server, as far as Socket.IO's adapter reaches them. */
export interface Peers {
  /** Whether it can reach any: Socket.IO's own adapter cannot. */
  readonly areReachable: boolean;
  /** Sends to all of them. What is sent comes in order, and may be lost on the way. */
  send(topic: string, message: object): void;
  /** From now on `listener` is called with what the others send under a topic. Nothing says that it is what it should be. */
  onMessage(topic: string, listener: (message: unknown) => void): void;
}
