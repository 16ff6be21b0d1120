import { toFields } from '../wire/packet';
import { BudgetUsed, RateLimited, Violation } from './violation';

/** How connections are made: by WebSocket alone, or by polling alone. */
export type Transport = 'websocket' | 'polling';

/**
 * What only the host of a server can do, for checks of what clients see of it. Each is done to the server that is checked, and
 * once it resolves it has taken place.
 */
export interface HostActions {
  /** Ends every connection that is signed in as an entity, for good. */
  readonly disconnect?: (entityId: string) => unknown;
  /** Takes an entity out of a channel, or out of a room of the contract. */
  readonly remove?: (room: { readonly room: string; readonly id: string }, entityId: string) => unknown;
}

/** What a connection proves by who it is. */
export interface Credentials {
  readonly auth: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where the server is, and how much may be asked of it. */
export interface TargetOptions {
  /** Address of the server, such as `http://localhost:3000`; a path behind it is a namespace, as in Socket.IO. */
  readonly url: string;
  readonly transport: Transport;
  /** Path of the Socket.IO endpoint. Default `/socket.io/`. */
  readonly path?: string | undefined;
  /** `auth` of every connection. Default: nothing. */
  readonly auth?: Readonly<Record<string, unknown>> | undefined;
  /** Headers of every connection. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** `auth` of somebody else, for what needs two who are signed in. Default: there is nobody else. */
  readonly otherAuth?: Readonly<Record<string, unknown>> | undefined;
  /** Headers of somebody else. Default: there is nobody else. */
  readonly otherHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Id of a channel, or of a room of the contract, that whoever brings `auth` may be in, and who brings `otherAuth` may neither
   * join nor read nor write; `kind:id` where the contract has several kinds of room. Messages are sent there. Default: there is
   * none.
   */
  readonly privateRoom?: string | undefined;
  /** What the host does where a check asks for it: in tests of one's own server. Default: nothing. */
  readonly host?: HostActions | undefined;
  /** How long to wait for what has to come, in milliseconds. Default 5,000. */
  readonly patienceMs?: number | undefined;
  /** What everything that is made up comes from. Default 1. */
  readonly seed?: number | undefined;
  /** Events that may be sent in all. Default 20,000. */
  readonly maxEvents?: number | undefined;
}

const toCredentials = (
  auth: Credentials['auth'] = {},
  headers: Credentials['headers'] = {},
): Credentials => ({
  auth,
  headers,
});

/** The server that is looked at, for one transport. */
export class Target {
  readonly url: string;
  readonly path: string;
  /** Whoever the run is signed in as. */
  readonly own: Credentials;
  /** Somebody else; `undefined` where the run knows of nobody. */
  readonly other: Credentials | undefined;
  readonly privateRoom: string | undefined;
  readonly host: HostActions;
  readonly transports: readonly Transport[];
  readonly patienceMs: number;
  readonly seed: number;
  /** Events that were sent so far. */
  events = 0;
  private readonly maxEvents: number;

  constructor(options: TargetOptions) {
    this.url = options.url;
    this.path = options.path ?? '/socket.io/';
    this.own = toCredentials(options.auth, options.headers);
    const { otherAuth, otherHeaders } = options;
    this.other = (otherAuth ?? otherHeaders) && toCredentials(otherAuth, otherHeaders);
    this.privateRoom = options.privateRoom;
    this.host = options.host ?? {};
    this.transports = [options.transport];
    this.patienceMs = options.patienceMs ?? 5_000;
    this.seed = options.seed ?? 1;
    this.maxEvents = options.maxEvents ?? 20_000;
  }

  /** Counts an event that is sent. @throws BudgetUsed */
  readonly spend = (): void => {
    this.events += 1;
    if (this.events > this.maxEvents)
      throw new BudgetUsed(
        `${this.maxEvents} events were sent, which is as many as the run may. Let it send more: maxEvents, or --max-events.`,
      );
  };

  /** Whether the run brings anything that proves who it is. */
  get hasCredentials(): boolean {
    return Object.keys({ ...this.own.auth, ...this.own.headers }).length > 0;
  }

  /** @throws Violation Why there is no connection, by what the client was told; `RateLimited` where it may come back. */
  notConnected(refusal: Error | undefined): never {
    const limited = RateLimited.from(toFields(refusal && Reflect.get(refusal, 'data')));
    if (limited) throw limited;
    throw new Violation(`no connection: ${refusal?.message ?? 'the server does not answer'}`);
  }
}
