import type { EndReason, EventRegistry, PayloadBounds } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Broadcaster, Connection } from '../ports/connection';
import type { Handshake, Identity } from '../ports/identity';
import type { TrustProxy } from './client-address';
import type { CorsOrigin } from './origin-check';

/** Tells a client why its connection is ended, before it is. */
export type Farewell<Events extends EventRegistry> = (
  connection: Connection<Events>,
  reason: EndReason,
  message: string | undefined,
) => void;

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
  /** Packets of one connection that may wait to be decoded; more end it with `PAYLOAD_TOO_LARGE`. */
  readonly maxQueuedPackets: number;
  /** Identifies who connects; rejects with a `WirepactError` to refuse. */
  readonly identify: (handshake: Handshake) => Promise<Identity | undefined>;
  readonly farewell: Farewell<Events>;
  readonly logger: Logger;
}

/** Called once for every connection; what it returns is called for every event of it. */
export type ConnectionListener<Events extends EventRegistry> = (
  connection: Connection<Events>,
) => (event: string, args: readonly unknown[]) => void;

/** The wire: connections in, broadcasts out. */
export interface Transport<Events extends EventRegistry> extends Broadcaster<Events> {
  onConnection(listener: ConnectionListener<Events>): void;
  /** Refuses new connections from now on. */
  refuse(): void;
  /** Ends every connection, once what waits for it is written, and gives the http server back. */
  close(): Promise<void>;
}
