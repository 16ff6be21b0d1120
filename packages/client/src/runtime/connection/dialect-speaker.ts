import { untilAborted } from '../base/deadline';
import { isRecord } from '../base/is-record';
import type { Connection } from './connection';
import type { HandshakeAuth } from './connection-settings';
import type { Dialect, DialectLink, DialectSession, Receive } from './dialect';
import type { Exchange, ExchangeRequest } from './exchange';

/** The wire of a client, as it was before a dialect came between. */
export interface Wire {
  readonly connection: Connection;
  readonly exchange: DialectLink['exchange'];
  readonly receive: Receive;
}

/** Speaks a dialect on every connection of a client, on each anew. */
export class DialectSpeaker {
  #spoken: { readonly on: AbortSignal; readonly session: DialectSession } | undefined;

  readonly #wire: Wire;
  readonly #dialect: Dialect;

  constructor(wire: Wire, dialect: Dialect) {
    this.#wire = wire;
    this.#dialect = dialect;
    const { connection } = wire;
    const { explain } = connection;
    connection.explain = (cause) => dialect.explainRefusal(cause.message) ?? explain.call(connection, cause);
  }

  /** What is said of this client in the handshake. */
  async credentials(auth: HandshakeAuth = {}): Promise<object> {
    const credentials = await (typeof auth === 'function' ? auth() : auth);
    // What is no object is for the handshake to refuse.
    return isRecord(credentials) ? { ...this.#dialect.handshake(), ...credentials } : credentials;
  }

  /** As `Connection.exchange`. */
  async exchange(request: ExchangeRequest): Promise<Exchange> {
    const session = this.#current();
    if (session.ready) await untilAborted(session.ready, request.signal);
    return session.exchange(request);
  }

  readonly receive: Receive = (...incoming) => this.#current().receive(...incoming);

  #current(): DialectSession {
    const { connection, exchange, receive } = this.#wire;
    const on = connection.session;
    if (this.#spoken?.on !== on) {
      const link = { session: on, exchange, receive, credentials: () => connection.credentials() };
      this.#spoken = { on, session: this.#dialect.open(link) };
    }
    return this.#spoken.session;
  }
}
