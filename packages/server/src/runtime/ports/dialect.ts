import type { Ack, Contract } from '@wirepact/contract/runtime';
import type { Handshake, Identity } from './identity';

/** One event as it goes on the wire: its name, then its arguments. */
export type WireEvent = readonly [event: string, ...args: unknown[]];

/** A client that speaks a dialect. */
export interface DialectClient {
  /** The Socket.IO id of its connection. */
  readonly id: string;
  /** What it said of itself when it connected. Nothing in it is proved. */
  readonly handshake: Handshake;
  /** Who it is, where the server authenticates. */
  readonly identity: Identity | undefined;
  /** Sends it an event as it is, past every mapping. Does nothing once it has gone. */
  tell(...event: WireEvent): void;
}

/** Calls a client's own acknowledgement with these arguments, where it asked for one; the first time only. */
export type Acknowledge = (...args: unknown[]) => void;

/** What an event of a client's is in the contract. */
export interface MappedEvent {
  readonly event: string;
  /** Checked as any payload of the event. */
  readonly payload?: unknown;
  /** Answers the client. Left out, its acknowledgement is the contract's. */
  readonly answer?: (ack: Ack<never>, acknowledge: Acknowledge) => void;
}

/** Another wire for a contract: what its clients send and are sent in place of the contract's events. */
export interface Dialect {
  /** Short and unique on a server: letters, digits and hyphens. */
  readonly name: string;
  readonly contract: Contract;
  /** Whether a client that connects speaks it, as far as its handshake tells. */
  readonly speaks: (handshake: Handshake) => boolean;
  /** What each event of its clients is in the contract, by its name on their wire; `undefined` for what is nothing in it. */
  readonly receive: Readonly<
    Record<string, (args: readonly unknown[], client: DialectClient) => MappedEvent | undefined>
  >;
  /** What its clients are sent for an event of the contract, by its name there. */
  readonly send: Readonly<
    Record<string, (payload: never, client: DialectClient | undefined) => readonly WireEvent[]>
  >;
}
