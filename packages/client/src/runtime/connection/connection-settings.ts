import type { OptionKinds } from '../base/check-options';

/** Credentials for the handshake: what they are, or a function that is asked anew at every (re)connect. */
export type HandshakeAuth = object | (() => object | Promise<object>);

/** How to connect. Names, units and defaults are those of `socket.io-client`. */
export interface ConnectionSettings {
  /**
   * Sent to the server in the handshake, where its middleware reads `socket.handshake.auth`, beside `protocol`: the
   * versions this client can work with, where `auth` does not say so itself.
   */
  readonly auth?: HandshakeAuth;
  /** Path of the Socket.IO endpoint. Default `/socket.io`. */
  readonly path?: string;
  /**
   * Transports: the first connects, and those behind it replace `polling` once they can. Where `websocket` is the first and
   * cannot connect, as behind a proxy that lets none through, the next is tried. Default
   * `['polling', 'websocket', 'webtransport']`.
   */
  readonly transports?: ('polling' | 'websocket' | 'webtransport')[];
  /** Query parameters of the handshake. */
  readonly query?: Record<string, string>;
  /** Extra headers of the handshake; a browser sends them with `polling` only. */
  readonly extraHeaders?: Record<string, string>;
  /** Whether a browser sends cookies to another origin. Default `false`. */
  readonly withCredentials?: boolean;
  /** Whether to reconnect at all. Default `true`. */
  readonly reconnection?: boolean;
  /** Attempts before giving up. Default: no limit. */
  readonly reconnectionAttempts?: number;
  /** Milliseconds before the first attempt; doubles with each. Default 1000. */
  readonly reconnectionDelay?: number;
  /** Milliseconds the delay grows up to. Default 5000. */
  readonly reconnectionDelayMax?: number;
  /** Jitter of the delay, from 0 to 1. Default 0.5. */
  readonly randomizationFactor?: number;
  /** Milliseconds one attempt may take. Default 20000. */
  readonly timeout?: number;
}

/** What each of the {@link ConnectionSettings} may be. */
export const CONNECTION_SETTINGS: OptionKinds<ConnectionSettings> = {
  auth: 'object or function',
  path: 'string',
  transports: 'object',
  query: 'object',
  extraHeaders: 'object',
  withCredentials: 'boolean',
  reconnection: 'boolean',
  reconnectionAttempts: 'number',
  reconnectionDelay: 'number',
  reconnectionDelayMax: 'number',
  randomizationFactor: 'number',
  timeout: 'number',
};
