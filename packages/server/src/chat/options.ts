import type { Contract, EventRegistry, Handler } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { ContractContext, Middleware } from '../runtime/contract-context';
import type { Retention } from '../runtime/ports/event-store';
import { readNumbers, type ServerOptions } from '../runtime/server-options';
import type { ChatContext } from './handlers/chat-context';
import type { LogStream } from './logs/log-stream';
import type { MayReadThoughts } from './may-read-thoughts';
import type { Agent } from './ports/agent';
import type { Authorize } from './ports/attempt';
import type { Store } from './ports/store';

/** A contract that has all of the chat protocol; `extendContract(protocol, …)` makes one. */
export type ChatContract = Contract<
  Protocol['clientToServer'] & EventRegistry,
  Protocol['serverToClient'] & EventRegistry
>;

/** What the handler of an event of an extension is given beside the payload. */
export type ExtensionContext<
  C extends ChatContract,
  Name extends keyof C['clientToServer'] = keyof C['clientToServer'],
> = ContractContext<C, Name> & ChatContext<C['serverToClient']>;

/** A team's own events, served on the same connection. */
export interface ChatExtension<C extends ChatContract> {
  /** Made by `extendContract(protocol, …)`. */
  readonly contract: C;
  /** One handler for every client-to-server event the extension adds. Each has `hookTimeoutMs` to answer. */
  readonly handlers: {
    readonly [Name in Exclude<keyof C['clientToServer'], keyof Protocol['clientToServer']>]: Handler<
      C,
      ExtensionContext<C, Name>,
      Name
    >;
  };
  /** What runs around each of these handlers, the first outermost. Default: nothing. */
  readonly use?: readonly Middleware<ExtensionContext<C>>[];
}

/** How a chat server is set up. Everything has a default. */
export interface ChatServerOptions<C extends ChatContract = Protocol> extends ServerOptions {
  /** Who answers messages. Default: nobody. */
  agents?: readonly Agent[];
  /** How long an agent may take for one answer, in milliseconds. Default 60,000. */
  agentTimeoutMs?: number;
  /** Messages that one agent answers at once in one channel. Default 1: one after the other, in their order. */
  maxAgentTurns?: number;
  /** Messages that wait for one agent in one channel; it does not hear further ones, and fails for them. Default 32. */
  maxWaitingTurns?: number;
  /**
   * Decides who may do what. Without it whoever is connected may do everything but clear, update and delete channels, delete
   * messages, and answer as an agent.
   */
  authorize?: Authorize;
  /** `on-join`: a join creates the channel it names. `explicit`: only `channels.create` does. Default `on-join`. */
  channelCreation?: 'on-join' | 'explicit';
  /** Events of the application's own, beside the chat's. */
  extension?: ChatExtension<C>;
  /** What log subscribers see: a stream that the host's logger writes to. Needed beside `logger` only. */
  logStream?: LogStream;
  /**
   * Channels that joins may create in the store; one more fails with CHANNEL_LIMIT_REACHED. What `channels.create`
   * makes is not limited. Default 10,000.
   */
  maxChannels?: number;
  /** Channels one connection may be in; one more fails with TOO_MANY_CHANNELS. Default 256. */
  maxChannelsPerConnection?: number;
  /** Decides, once a join, who may read what agents think (`thought`). Default: every member of the channel. */
  mayReadThoughts?: MayReadThoughts;
  /** How much of each channel is kept. Resuming from what is forgotten is refused. Default: everything. */
  retention?: Retention;
  /**
   * Where channels and messages are kept; the host closes what it opens. Default: a SQLite file, at
   * `WIREPACT_DATABASE` or `wirepact.db` in the working directory.
   */
  store?: Store;
}

/** The options of a chat server that are numbers, where a host leaves them out. */
const CHAT_NUMBERS = {
  agentTimeoutMs: 60_000,
  maxAgentTurns: 1,
  maxWaitingTurns: 32,
  maxChannels: 10_000,
  maxChannelsPerConnection: 256,
} as const satisfies { [Name in keyof ChatServerOptions]?: number };

/** The options that only a chat server has and that are numbers. */
export type ChatNumbers = Readonly<Record<keyof typeof CHAT_NUMBERS, number>>;

/** The options that only a chat server has and that are numbers, with their defaults. */
export const readChatNumbers = (options: Partial<ChatNumbers>): ChatNumbers =>
  readNumbers(options, CHAT_NUMBERS);
