import type { RoomReference } from '@wirepact/contract/runtime';

/** Who is connected, proved by `authenticate`. */
export interface Identity {
  /** The one sender this connection may be: 1 to 256 characters. Another `entityId` is FORBIDDEN. */
  readonly entityId: string;
  /** Display name, 1 to 256 characters; where given, the sender cannot choose another. */
  readonly entityName?: string;
  /** Whatever `authorize` needs to know besides, such as roles. Never sent to anybody. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /**
   * When it ends, Unix time in milliseconds (a JWT's `exp` is in seconds). A connection that has not authenticated
   * again by then is ended with IDENTITY_EXPIRED. Default: never.
   */
  readonly expiresAt?: number;
}

/** What a client said of itself when it connected. Nothing in it is proved. */
export interface Handshake {
  /** The `auth` of Socket.IO’s client. */
  readonly auth: Readonly<Record<string, unknown>>;
  /** The query of the connection’s address. */
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  /** The headers of its http request, their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's IP address, as far as `trustProxy` lets it be known. */
  readonly address: string;
}

/**
 * Proves who is connecting. Answer with the identity, or with `null` to refuse the connection: the client then gets a
 * `connect_error` with the code UNAUTHENTICATED, and does not come back by itself. An error thrown counts as an outage:
 * the client gets UNAVAILABLE and tries again, and the error goes into the server's log; only a `WirepactError` is
 * passed on as it is. Is asked again, with a new `auth`, where a client renews its identity.
 */
export type Authenticate = (handshake: Handshake) => SignIn | Promise<SignIn>;

/** What `authenticate` may answer: who it is, or that it is nobody. */
type SignIn = Identity | null | undefined | false;

/** What somebody is about to do. */
export interface Attempt<Event extends string = string> {
  readonly identity: Identity | undefined;
  /** Name of the client-to-server event. */
  readonly event: Event;
  /** The event's payload, already checked against the contract; `undefined` where the event declares none. */
  readonly payload: unknown;
  /** The room that the event is about, where its contract declares one. */
  readonly room: RoomReference | undefined;
  readonly address: string;
}

/**
 * Decides whether an attempt may go on. `false` answers it with FORBIDDEN. An error thrown counts as an outage: the
 * attempt is answered with UNAVAILABLE, which is retryable, and the error goes into the server's log.
 */
export type Authorize<About extends Attempt = Attempt> = (attempt: About) => boolean | Promise<boolean>;
