import type { EndReason, EventRegistry, PayloadBounds } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { AskOptions, Broadcaster, Connection } from '../ports/connection';
import type { Dialect } from '../ports/dialect';
import type { Handshake, Identity } from '../ports/identity';
import type { ServerState } from '../ports/metrics';
import type { Peers } from '../ports/peers';
import type { Fleet } from '../ports/scale-out';
import type { Tracing } from '../ports/tracing';
import type { TrustProxy } from './client-address';
import type { CorsOrigin } from './origin-check';

/** Tells a client why its connection is ended, before it is. */
export type Farewell<Events extends EventRegistry> = (
  connection: Connection<Events>,
  reason: EndReason,
  message: string | undefined,
) => void;

/** A client that can be asked. */
export interface AskedClient {
  /** Aborted once its connection has ended. */
  readonly closed: AbortSignal;
  /** Sends an event; `onAnswer` is called with what the client answers, unless what this returns is called before. */
  send(event: string, payload: unknown, onAnswer: (answer: unknown) => void): () => void;
}

/** How a transport is set up. */
export interface TransportOptions<Events extends EventRegistry> {
  /** Path of the Socket.IO endpoint on an http server. */
  readonly path: string;
  /** Origins that pages may come from besides the server's own. */
  readonly corsOrigin: CorsOrigin | undefined;
  /** Whether pages of other origins are refused, and not only kept from reading by their browser. */
  readonly checksOrigin: boolean;
  readonly trustProxy: TrustProxy;
  /** The largest bounds of any event that clients send. */
  readonly bounds: PayloadBounds;
  /** Bytes that may wait for one connection; more end it with `SLOW_READER`. */
  readonly maxWaitingBytes: number;
  /** Whether what a connection is sent in one turn of the event loop leaves in one write. */
  readonly isFast: boolean;
  /** The processes that this is one of; left out where it is alone, or on a Socket.IO server of the host's. */
  readonly fleet?: Pick<Fleet, 'createAdapter' | 'onAttached'> | undefined;
  /** Packets of one connection that may wait to be decoded; more end it with `PAYLOAD_TOO_LARGE`. */
  readonly maxQueuedPackets: number;
  /** Identifies who connects; rejects with a `WirepactError` to refuse. */
  readonly identify: (handshake: Handshake) => Promise<Identity | undefined>;
  /** Other wires that clients may speak. */
  readonly dialects: readonly Dialect[];
  /** Whether the contract, or the session, has an event that clients send. */
  readonly isOwnEvent: (event: string) => boolean;
  /** Told with which code somebody was not let in; left out where nobody wants to know. */
  readonly onRefusal?: ((code: string) => void) | undefined;
  readonly farewell: Farewell<Events>;
  /** Looks at what is about to be sent, and throws where it may not be; left out where nobody looks. */
  readonly checkEmit?: ((event: string, payload: unknown) => void) | undefined;
  /** Says behind payloads what caused them; left out where nobody follows that. */
  readonly tracing?: Pick<Tracing, 'emit'> | undefined;
  /** Asks a client, and resolves with its checked answer. */
  readonly ask: (
    client: AskedClient,
    event: string,
    payload: unknown,
    options: AskOptions,
  ) => Promise<unknown>;
  readonly logger: Logger;
}

/** Called once for every connection; what it returns is called for every event of it. */
export type ConnectionListener<Events extends EventRegistry> = (
  connection: Connection<Events>,
) => (event: string, args: readonly unknown[]) => void;

/** The wire: connections in, broadcasts out. */
export interface Transport<Events extends EventRegistry> extends Broadcaster<Events> {
  readonly peers: Peers;
  onConnection(listener: ConnectionListener<Events>): void;
  /** Calls `listener` with every connection that has ended, whoever ended it. */
  onEnd(listener: (connection: Connection<Events>) => void): void;
  /** Looks at every connection, and what waits for it. */
  measure(): Omit<ServerState, 'running'>;
  /** Refuses new connections from now on. */
  refuse(): void;
  /** Ends every connection, once what waits for it is written, and gives the http server back. */
  close(): Promise<void>;
}
