import type { EndReason, EventRegistry, RoomReference } from '@wirepact/contract/runtime';
import type { Emitter } from './emitter';
import type { Handshake, Identity } from './identity';

/** One client's connection, as handlers and services see it. */
export interface Connection<Events extends EventRegistry> extends Emitter<Events> {
  /** The Socket.IO id of the connection. */
  readonly id: string;
  /** The client's IP address, as far as `trustProxy` lets it be known. */
  readonly address: string;
  /** Who is connected, where the server authenticates; another one after the client has authenticated again. */
  identity: Identity | undefined;
  /** What the client said of itself when it connected. Nothing in it is proved. */
  readonly handshake: Handshake;
  /**
   * Aborted once the connection has ended: from the start where it ended before anybody asked. Its `reason` is the
   * {@link EndReason} where the server ended it, else Socket.IO's word for what happened, such as `transport close`.
   */
  readonly closed: AbortSignal;
  /** From now on this connection receives what is sent to the room. Does nothing once it has ended. */
  join(room: string, id?: string): void;
  /** Whether it does. */
  isIn(room: string, id?: string): boolean;
  /** From now on it does not. */
  leave(room: string, id?: string): void;
  /** True while so much waits to be written that what can be lost should not be added. */
  isCongested(): boolean;
  /** Resolves once the connection is not congested, or has ended. */
  drained(): Promise<void>;
  /** Ends the connection, after telling the client why; `message` says it to a developer. Ending again does nothing. */
  end(reason: EndReason, message?: string): void;
}

/** A room: its name alone, or where there are several of a kind, the kind and which one. */
export type RoomAddress = string | RoomReference;

/** Reaches the members of a room. */
export interface Broadcaster<Events extends EventRegistry> {
  /** Sends to everybody in the room, in every process that Socket.IO's adapter reaches, but for these connections. */
  to(room: RoomAddress, exceptConnectionIds?: string[]): Emitter<Events>;
  /** Sends to everybody in the room who is connected to this process, but for these connections. */
  toLocal(room: RoomAddress, exceptConnectionIds?: string[]): Emitter<Events>;
  /** Nobody who is connected to this process is in the room any more. */
  dismiss(room: RoomAddress): void;
  /** The connections of this process that are in the room. */
  connectionsIn(room: RoomAddress): Connection<Events>[];
  /** The connections of this process whose identity is this entity. */
  connectionsOf(entityId: string): Connection<Events>[];
}
