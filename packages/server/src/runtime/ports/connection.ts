import type { EndReason, EventRegistry, PayloadOf, ReplyOf, RoomReference } from '@wirepact/contract/runtime';
import type { Emitter } from './emitter';
import type { Handshake, Identity } from './identity';

/** Names of the events among these that a client answers. */
export type AskedNames<Events extends EventRegistry> = {
  [Name in keyof Events]: [Events[Name]['reply']] extends [undefined] ? never : Name;
}[keyof Events] &
  string;

/** How a client is asked. */
export interface AskOptions {
  /** How long it may take to answer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** Aborted where the answer is not wanted any more: the request then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

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
  /** Name of the dialect that the client speaks; `undefined` for the contract's own wire. */
  readonly dialect: string | undefined;
  /** True once the connection has ended. */
  readonly isClosed: boolean;
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
  /**
   * Asks the client, and resolves with what it answers, checked.
   * @throws WirepactError `TIMEOUT`; `DISCONNECTED` where the connection ends before; `INVALID_REPLY` where the answer is
   * not what the contract says; `OVERLOADED` while too many answers of this client are waited for; `INVALID_EMIT` where
   * the payload is not what the contract says; the client's own code where it refuses.
   */
  request<Name extends AskedNames<Events>>(
    event: Name,
    payload: PayloadOf<Events[Name]>,
    options?: AskOptions,
  ): Promise<ReplyOf<Events[Name]>>;
  /** True while so much waits to be written that what can be lost should not be added. */
  isCongested(): boolean;
  /** Resolves once the connection is not congested, or has ended. */
  drained(): Promise<void>;
  /** Ends the connection, after telling the client why; `message` says it to a developer. Ending again does nothing. @throws WirepactError `INVALID_OPTIONS` */
  end(reason: EndReason, message?: string): void;
}

/** A room: its name alone, or where there are several of a kind, the kind and which one. */
export type RoomAddress = string | RoomReference;

/** Reaches the members of a room. */
export interface Broadcaster<Events extends EventRegistry> {
  /** Sends to everybody in the room, in every process that Socket.IO's adapter reaches, but for these connections. */
  to(room: RoomAddress, exceptConnectionIds?: string[]): Emitter<Events>;
  /** Sends to everybody in any of the rooms, or where none is named to everybody there is, but for these connections. */
  toAny(rooms: readonly RoomAddress[], exceptConnectionIds: readonly string[]): Emitter<Events>;
  /** Sends to everybody in the room who is connected to this process, but for these connections. */
  toLocal(room: RoomAddress, exceptConnectionIds?: string[]): Emitter<Events>;
  /** Nobody who is connected to this process is in the room any more. */
  dismiss(room: RoomAddress): void;
  /** The connections of this process that are in the room. */
  connectionsIn(room: RoomAddress): Connection<Events>[];
  /** The connections of this process. */
  connections(): Connection<Events>[];
  /** The connections of this process whose identity is this entity. */
  connectionsOf(entityId: string): Connection<Events>[];
}
