import type { Contract, EventRegistry, Handlers } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { ConnectLimit } from '../runtime/gateway/connect-limit';
import type { RateLimit } from '../runtime/gateway/rate-meter';
import type { Authenticate } from '../runtime/ports/identity';
import type { TrustProxy } from '../runtime/transport/client-address';
import type { CorsOrigin } from '../runtime/transport/origin-check';
import type { ChatContext } from './handlers/chat-context';
import type { LogStream } from './logs/log-stream';
import type { Agent } from './ports/agent';
import type { Authorize } from './ports/attempt';
import type { Retention, Store } from './ports/store';

/** A contract that has all of the chat protocol; `extendContract(protocol, …)` makes one. */
export type ChatContract = Contract<
  Protocol['clientToServer'] & EventRegistry,
  Protocol['serverToClient'] & EventRegistry
>;

/** A team's own events, served on the same connection. */
export interface ChatExtension<C extends ChatContract> {
  /** Made by `extendContract(protocol, …)`. */
  readonly contract: C;
  /** One handler for every client-to-server event the extension adds. Each has `hookTimeoutMs` to answer. */
  readonly handlers: Omit<Handlers<C, ChatContext<C['serverToClient']>>, keyof Protocol['clientToServer']>;
}

/** How a chat server is set up. Everything has a default. */
export interface ChatServerOptions<C extends ChatContract = Protocol> {
  /** Who answers messages. Default: nobody. */
  agents?: readonly Agent[];
  /** How long an agent may take for one answer, in milliseconds. Default 60,000. */
  agentTimeoutMs?: number;
  /** Proves who connects. Without it anybody may connect and be anybody. */
  authenticate?: Authenticate;
  /** Decides who may do what. Without it whoever is connected may do everything. */
  authorize?: Authorize;
  /** `on-join`: a join creates the channel it names. `explicit`: only `channels.create` does. Default `on-join`. */
  channelCreation?: 'on-join' | 'explicit';
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
  /** How long `close` waits for requests and answers under way, in milliseconds. Default 5,000. */
  drainTimeoutMs?: number;
  /** Events of the application's own, beside the chat's. */
  extension?: ChatExtension<C>;
  /**
   * How long `authenticate`, `authorize` and a handler of the extension may take, in milliseconds. After that the
   * client gets UNAVAILABLE, which is retryable, and a late answer is ignored. Default 5,000.
   */
  hookTimeoutMs?: number;
  /** The host's logger. Default: one of its own on standard output, at the level of `LOG_LEVEL` or `info`. */
  logger?: Logger;
  /** What log subscribers see: a stream that the host's logger writes to. Needed beside `logger` only. */
  logStream?: LogStream;
  /**
   * Channels that joins may create in the store; one more fails with CHANNEL_LIMIT_REACHED. What `channels.create`
   * makes is not limited. Default 10,000.
   */
  maxChannels?: number;
  /** Channels one connection may be in; one more fails with TOO_MANY_CHANNELS. Default 256. */
  maxChannelsPerConnection?: number;
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
   * Bytes that may wait to be sent to one connection; a client that reads so slowly that more would wait is cut off, and
   * may come back (SLOW_READER). Default 4,194,304.
   */
  maxWaitingBytes?: number;
  /** Namespace to use on a Socket.IO server of the host's. Default `/`. */
  namespace?: string;
  /** Path of the Socket.IO endpoint on an http server. Default `/socket.io/`. */
  path?: string;
  /**
   * What an address may send, or where connections are signed in each entity. Default: `WIREPACT_RATE_LIMIT_POINTS` or
   * 60 in `WIREPACT_RATE_LIMIT_SECONDS` or 60. `false` limits nothing.
   */
  rateLimit?: RateLimit | false;
  /** How much of each channel is kept. Resuming from what is forgotten is refused. Default: everything. */
  retention?: Retention;
  /**
   * Where channels and messages are kept; the host closes what it opens. Default: a SQLite file, at
   * `WIREPACT_DATABASE` or `wirepact.db` in the working directory.
   */
  store?: Store;
  /** Which proxies say who the client is. Default: `WIREPACT_TRUST_PROXY`, or none. */
  trustProxy?: TrustProxy;
}

/** The options that are numbers, where a host leaves them out. */
const DEFAULT_NUMBERS = {
  agentTimeoutMs: 60_000,
  drainTimeoutMs: 5_000,
  hookTimeoutMs: 5_000,
  maxChannels: 10_000,
  maxChannelsPerConnection: 256,
  maxPendingEvents: 512,
  maxPendingSize: 4 * 1024 * 1024,
  maxQueuedPackets: 10_000,
  maxRefusals: 1_000,
  maxWaitingBytes: 4 * 1024 * 1024,
} as const satisfies { [Name in keyof ChatServerOptions]?: number };

/** The options that are numbers. */
export type NumberOptions = Readonly<Record<keyof typeof DEFAULT_NUMBERS, number>>;

/** The options that are numbers, with their defaults. */
export function readNumbers(options: Partial<NumberOptions>): NumberOptions {
  const given = Object.entries(options).filter(
    ([name, value]) => Object.hasOwn(DEFAULT_NUMBERS, name) && value !== undefined,
  );
  return { ...DEFAULT_NUMBERS, ...Object.fromEntries(given) };
}
