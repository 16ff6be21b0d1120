import type { PublicIdentity } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { ConnectLimit } from './gateway/connect-limit';
import type { RateLimit } from './gateway/rate-meter';
import type { Dialect } from './ports/dialect';
import type { Authenticate, Identity } from './ports/identity';
import type { Metrics } from './ports/metrics';
import type { ScaleOut } from './ports/scale-out';
import type { Tracing } from './ports/tracing';
import type { PresenceOptions } from './presence/presence-options';
import type { TrustProxy } from './transport/client-address';
import type { CorsOrigin } from './transport/origin-check';

/** How a server is set up, whatever contract it serves. Everything has a default. */
export interface ServerOptions {
  /** Proves who connects. Without it anybody may connect and be anybody. */
  authenticate?: Authenticate;
  /**
   * Whether what the application emits is checked against the contract; what breaks it is not sent, and throws
   * INVALID_EMIT. Default: everywhere but where `NODE_ENV` is `production`.
   */
  checkEmits?: boolean;
  /**
   * Connections that an address may open, whether they are let in or not; one more is refused with RATE_LIMITED, which
   * is retryable, before `authenticate` is asked. Default: 600 in 60 seconds; where `rateLimit` is `false`, any number.
   */
  connectLimit?: ConnectLimit | false;
  /**
   * Origins that pages may come from besides the server's own, such as `['https://app.example']`. Pages of others are
   * refused, on every transport, where this or `authenticate` is set. Cookies come along from origins that are named,
   * not with `true` or `'*'`, which let every page in. Default: none; on a Socket.IO server of the host's what its
   * `cors.origin` says.
   */
  corsOrigin?: CorsOrigin;
  /**
   * Other wires that clients may speak, each made by `defineDialect`; the chat has one for clients of ElizaOS, `elizaos`.
   * What a client speaks is found out when it connects, or by its first event. Default: only the contract's own.
   */
  dialects?: readonly Dialect[];
  /** How long `close` waits for requests and answers under way, in milliseconds. Default 5,000. */
  drainTimeoutMs?: number;
  /**
   * Over how long `close` tells connections to come back, before all else, in milliseconds; those that are not told yet are
   * served on. So a server that is replaced sends its clients to the others one after the other. Default 0: all at once.
   */
  drainSpreadMs?: number;
  /**
   * Whether what a connection is sent in one turn of the event loop leaves in one write, and a broadcast is framed once for
   * all its members. `false` leaves it to Engine.IO and Socket.IO as they come. Not on a Socket.IO server of the host's.
   * Default `true`.
   */
  fastPath?: boolean;
  /**
   * How long `authenticate`, `authorize` and a handler of the application may take, in milliseconds. After that the
   * client gets UNAVAILABLE, which is retryable, and a late answer is ignored. Default 5,000.
   */
  hookTimeoutMs?: number;
  /** The host's logger. Default: one of its own on standard output, at the level of `LOG_LEVEL` or `info`. */
  logger?: Logger;
  /**
   * Events of one connection that may wait for an answer at the same time; one more fails with OVERLOADED, which is
   * retryable. Default 512.
   */
  maxPendingEvents?: number;
  /**
   * Size of the payloads of these events together, in characters as an event's `limits.maxSize` counts them; with more,
   * an event fails with OVERLOADED. One event alone is always taken. Default 4,194,304.
   */
  maxPendingSize?: number;
  /**
   * Packets of one connection that may wait to be read, such as the packets of one request of long polling; a client that
   * sends more at once is disconnected with PAYLOAD_TOO_LARGE. Not on a Socket.IO server of the host's. Default 10,000.
   */
  maxQueuedPackets?: number;
  /**
   * Events of one connection that may be refused in a minute (wrong, unknown, forbidden or over the rate limit); with
   * one more it is ended with TOO_MANY_REFUSALS. Default 1,000.
   */
  maxRefusals?: number;
  /**
   * Streams that one connection may have open; one more fails with OVERLOADED, which is retryable. Default 100.
   */
  maxStreams?: number;
  /**
   * Bytes that may wait to be sent to one connection; a client that reads so slowly that more would wait is cut off, and
   * may come back (SLOW_READER). Default 4,194,304.
   */
  maxWaitingBytes?: number;
  /**
   * Where the server is measured: `createMetrics` of `@wirepact/server/metrics` makes one for Prometheus. Default: nowhere,
   * and then nothing is.
   */
  metrics?: Metrics;
  /** Namespace to use on a Socket.IO server of the host's. Default `/`. */
  namespace?: string;
  /** Path of the Socket.IO endpoint on an http server. Default `/socket.io/`. */
  path?: string;
  /** How members of rooms are told who else is there, where the contract declares their presence. */
  presence?: PresenceOptions;
  /**
   * Who the others in a room see in place of an identity: its `entityId`, perhaps a `name`, and what else they may see, such
   * as an avatar; at most 1,024 characters. Default: `entityId`, and `entityName` as `name`.
   */
  publicIdentity?: (identity: Identity) => PublicIdentity;
  /**
   * What an address may send, or where connections are signed in each entity. Default: `WIREPACT_RATE_LIMIT_POINTS` or
   * 60 in `WIREPACT_RATE_LIMIT_SECONDS` or 60. `false` limits nothing.
   */
  rateLimit?: RateLimit | false;
  /**
   * What joins the processes of a server, such as `createRedisScaleOut(url)` of `@wirepact/server/redis`; a Socket.IO server of
   * the host's has an option `adapter` for that. Default: this process serves alone, but for what its store shares.
   */
  scaleOut?: ScaleOut;
  /**
   * Follows each event from its client to whom it is delivered: `createTracing` of `@wirepact/server/tracing` makes one for
   * OpenTelemetry. Default: nobody, and then nothing is.
   */
  tracing?: Tracing;
  /** Which proxies say who the client is. Default: `WIREPACT_TRUST_PROXY`, or none. */
  trustProxy?: TrustProxy;
}

/** The options of every server that are numbers, where a host leaves them out. */
export const SERVER_NUMBERS = {
  drainTimeoutMs: 5_000,
  drainSpreadMs: 0,
  hookTimeoutMs: 5_000,
  maxPendingEvents: 512,
  maxPendingSize: 4 * 1024 * 1024,
  maxQueuedPackets: 10_000,
  maxRefusals: 1_000,
  maxStreams: 100,
  maxWaitingBytes: 4 * 1024 * 1024,
} as const satisfies { [Name in keyof ServerOptions]?: number };

/** The options of every server that are numbers. */
export type ServerNumbers = Readonly<Record<keyof typeof SERVER_NUMBERS, number>>;

/** The options that are numbers, with their defaults. */
export function readNumbers<Name extends string>(
  options: object,
  defaults: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> {
  const given = Object.entries(options).filter(
    ([name, value]) => Object.hasOwn(defaults, name) && value !== undefined,
  );
  return { ...defaults, ...Object.fromEntries(given) };
}
