import type { Contract, EventRegistry, SessionNames, WireError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Disconnect } from './disconnect';
import type { Authorization, AuthorizationOptions } from './gateway/authorization';
import type { EventCosts } from './gateway/route';
import type { Health } from './health';
import type { HttpEntrance } from './http/http-entrance';
import type { Caller } from './ports/caller';
import type { Broadcaster, Connection } from './ports/connection';
import type { Attempt, Handshake } from './ports/identity';
import type { ServerMeter } from './ports/metrics';
import type { Peers } from './ports/peers';
import type { Tracing } from './ports/tracing';
import type { ServerNumbers, ServerOptions } from './server-options';
import type { Streams } from './streams/streams';
import type { Transport, TransportOptions } from './transport/transport';

/** Puts a server on the wire. */
export type Attach<Events extends EventRegistry> = (options: TransportOptions<Events>) => Transport<Events>;

/** What a server is, before it has a connection. */
export interface ServerSetup<Events extends EventRegistry, About extends Attempt> {
  readonly contract: Contract;
  /** What the events of the session are called in this contract. */
  readonly names: SessionNames;
  readonly options: ServerOptions;
  /** Whom to ask, and the rules that nobody has to be asked about. */
  readonly authorization: Omit<AuthorizationOptions<About>, 'timeoutMs' | 'logger'>;
  /** The contract that a version is about which a client asks for without a name. */
  readonly protocolName: string;
  /** What the first event of a connection tells besides. */
  readonly greetingOf?: (connection: Connection<Events>) => object;
  /** Events whose payload need not be looked at again before they are sent. */
  readonly isChecked?: (event: string) => boolean;
  readonly logger: Logger;
}

/** What an application is made with. */
export interface ServerParts<Events extends EventRegistry> {
  readonly broadcaster: Broadcaster<Events>;
  readonly peers: Peers;
  readonly disconnect: Disconnect;
  readonly authorization: Authorization;
  readonly streams: Streams;
  readonly numbers: ServerNumbers;
  /** Told of what happens; `undefined` where nobody measures it. */
  readonly meter: ServerMeter | undefined;
  /** Follows what events cause; `undefined` where nobody does. */
  readonly tracing: Tracing | undefined;
}

/** What a server does: how it answers the events of its contract, and what of it has to end. */
export interface Application<Events extends EventRegistry, Context> {
  /** What the handlers of one connection are given. */
  readonly contextOf: (connection: Connection<Events>) => Context;
  /** The handler of every event, but for those of the session. */
  readonly handlers: Readonly<Record<string, (context: Context, payload: never) => unknown>>;
  readonly costs: EventCosts<Context>;
  /** How long the handler of an event may take, in milliseconds; `undefined` for as long as it likes. */
  readonly timeoutOf: (event: string) => number | undefined;
  /** Events that go on with what is under way: they are taken while the server waits for that to end. Left out where there are none. */
  readonly goesOn?: ReadonlySet<string>;
  /** Told of every failure, before the acknowledgement; left out where nobody is. */
  readonly onFailure?: (context: Context, event: string, payload: unknown, error: WireError) => void;
  /** Told of every connection that has ended; left out where nobody is. */
  readonly onEnd?: (connection: Connection<Events>) => void;
  /** How much is under way besides requests and streams, by its kind; left out where nothing ever is. */
  readonly running?: () => Readonly<Record<string, number>>;
  /** Resolves once nothing is under way besides requests. */
  readonly idle?: () => Promise<void>;
  /** Ends what sends to connections, before they are ended. */
  readonly stop?: () => void;
  /** Asks the store for something: rejects where it does not answer. Left out where there is none. */
  readonly checkStore?: () => Promise<unknown>;
  /** Ends what is left. */
  readonly release?: () => Promise<void>;
}

/** A server at work. */
export interface Server<Events extends EventRegistry, App> {
  readonly broadcaster: Broadcaster<Events>;
  readonly disconnect: Disconnect;
  readonly application: App;
  /** Lets somebody ask who has no connection. @throws WirepactError as a connection is refused. */
  readonly call: (handshake: Handshake) => Promise<Caller>;
  /** How requests of HTTP are let in beside the connections. */
  readonly entrance: HttpEntrance;
  /** Whether it should be given clients: see `health` of the server that is built on it. */
  health(): Promise<Health>;
  /** Ends: see `close` of the server that is built on it. Ending again changes nothing. */
  close(): Promise<void>;
}
