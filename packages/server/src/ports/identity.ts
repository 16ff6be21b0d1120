import type { Protocol } from '@wirepact/protocol';

/** Who is connected, proved by `authenticate`. */
export interface Identity {
  /** The one sender this connection may be: another `entityId` is FORBIDDEN. */
  readonly entityId: string;
  /** Display name; where given, the sender cannot choose another. */
  readonly entityName?: string;
  /** Whatever `authorize` needs to know besides, such as roles. Never sent to anybody. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** What a client said of itself when it connected. Nothing in it is proved. */
export interface Handshake {
  readonly auth: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's IP address, as far as `trustProxy` lets it be known. */
  readonly address: string;
}

/**
 * Proves who is connecting. Answer with the identity, or with `null` (or an error thrown) to refuse
 * the connection: the client then gets a `connect_error` with the code UNAUTHENTICATED. The message of an
 * error thrown stays in the server's log, unless it is a `WirepactError`.
 */
export type Authenticate = (handshake: Handshake) => Identity | null | Promise<Identity | null>;

/** What somebody is about to do. */
export interface Attempt {
  readonly identity: Identity | undefined;
  /** Name of the client-to-server event. */
  readonly event: keyof Protocol['clientToServer'] | (string & {});
  /** The event's payload, already checked against the contract. */
  readonly payload: unknown;
  /** Channel the event is about, where it is about one. */
  readonly channelId: string | undefined;
  readonly address: string;
}

/** Decides whether an attempt may go on; `false` answers it with FORBIDDEN. */
export type Authorize = (attempt: Attempt) => boolean | Promise<boolean>;
