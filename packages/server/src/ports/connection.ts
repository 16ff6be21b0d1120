import type { EventRegistry } from '@wirepact/contract/runtime';
import type { Emitter } from './emitter';
import type { Identity } from './identity';

/** One client's connection, as handlers and services see it. */
export interface Connection<Events extends EventRegistry> extends Emitter<Events> {
  /** The Socket.IO id of the connection. */
  readonly id: string;
  /** The client's IP address, as far as `trustProxy` lets it be known. */
  readonly address: string;
  /** Who is connected, where the server authenticates. */
  readonly identity: Identity | undefined;
  /** The agent named in the handshake. */
  readonly agentId: string | undefined;
  /** From now on this connection receives what is sent to the channel. */
  join(channelId: string): void;
  /** Whether it does. */
  isIn(channelId: string): boolean;
  /** From now on it does not. */
  leave(channelId: string): void;
  /** True while so much waits to be written that what can be lost should not be added. */
  isCongested(): boolean;
  /** Calls `listener` whenever waiting packets were written. Returns a function that stops it. */
  onDrain(listener: () => void): () => void;
  /** Calls `listener` once, when the connection ends. Returns a function that takes it back. */
  onClose(listener: () => void): () => void;
}

/** Sends to the members of a channel. */
export interface Broadcaster<Events extends EventRegistry> {
  /** Everybody in the channel, but for the connections with these ids. */
  to(channelId: string, exceptConnectionIds?: string[]): Emitter<Events>;
  /** Nobody is in the channel any more. */
  dismiss(channelId: string): void;
}
