import type { Contract, EventRegistry, Handlers } from '@wirepact/contract/runtime';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { RateLimit } from './gateway/rate-limiter';
import type { ChatContext } from './handlers/chat-context';
import type { LogStream } from './logs/log-stream';
import type { Agent } from './ports/agent';
import type { Authenticate, Authorize } from './ports/identity';
import type { Retention, Store } from './ports/store';
import type { TrustProxy } from './transport/client-address';
import type { CorsOrigin } from './transport/socket-io';

/** A contract that has all of the chat protocol; `extendContract(protocol, …)` makes one. */
export type ChatContract = Contract<
  Protocol['clientToServer'] & EventRegistry,
  Protocol['serverToClient'] & EventRegistry
>;

/** A team's own events, served on the same connection. */
export interface ChatExtension<C extends ChatContract> {
  /** Made by `extendContract(protocol, …)`. */
  readonly contract: C;
  /** One handler for every client-to-server event the extension adds. */
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
  /** Origins that pages may come from besides the server's own. Default: none. */
  corsOrigin?: CorsOrigin;
  /** How long `close` waits for requests and answers under way, in milliseconds. Default 5,000. */
  drainTimeoutMs?: number;
  /** Events of the application's own, beside the chat's. */
  extension?: ChatExtension<C>;
  /** The host's logger. Default: one of its own on standard output, at the level of `LOG_LEVEL` or `info`. */
  logger?: Logger;
  /** What log subscribers see: a stream that the host's logger writes to. Needed beside `logger` only. */
  logStream?: LogStream;
  /** In how many channels one connection may be. Default 256. */
  maxChannelsPerConnection?: number;
  /** Namespace to use on a Socket.IO server of the host's. Default `/`. */
  namespace?: string;
  /** Path of the Socket.IO endpoint on an http server. Default `/socket.io/`. */
  path?: string;
  /**
   * Client-to-server events an IP address may send. Default: `WIREPACT_RATE_LIMIT_POINTS` or 60 in
   * `WIREPACT_RATE_LIMIT_SECONDS` or 60. `false` limits nothing.
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

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** @throws WirepactError `INVALID_OPTIONS` where an agent has no UUID, or two have the same. */
export function checkAgents(agents: readonly Agent[]): void {
  const seen = new Set<string>();
  for (const { id, name } of agents) {
    if (!UUID.test(id)) {
      throw new WirepactError(
        'INVALID_OPTIONS',
        `The id of the agent "${name}" must be a UUID, not ${JSON.stringify(id)}.`,
      );
    }
    if (seen.has(id)) throw new WirepactError('INVALID_OPTIONS', `Two agents have the id ${id}.`);
    seen.add(id);
  }
}

/** The environment a server reads its defaults from. */
export type Environment = Readonly<Record<string, string | undefined>>;

function readCount(environment: Environment, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new WirepactError(
    'INVALID_OPTIONS',
    `${name} must be a whole number over 0, not ${JSON.stringify(text)}.`,
  );
}

/** What an address may send: options first, then the environment, then 60 a minute. `undefined`: anything. */
export function readRateLimit(
  option: RateLimit | false | undefined,
  environment: Environment,
): RateLimit | undefined {
  if (option === false) return undefined;
  const points = option?.points ?? readCount(environment, 'WIREPACT_RATE_LIMIT_POINTS') ?? 60;
  const durationSeconds =
    option?.durationSeconds ?? readCount(environment, 'WIREPACT_RATE_LIMIT_SECONDS') ?? 60;
  return { points, durationSeconds };
}

/** Proxies to trust out of the environment: `true`, `false`, a number of hops, or a list of addresses. */
export function readTrustProxy(option: TrustProxy | undefined, environment: Environment): TrustProxy {
  if (option !== undefined) return option;
  const text = environment.WIREPACT_TRUST_PROXY ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}
