import type { HandshakeAuth } from './connection-settings';

/** Answers the handshake's question for versions and credentials; only the newest question gets an answer. */
export class Handshake {
  #newest = 0;

  readonly #protocol: Readonly<Record<string, string>>;
  readonly #auth: HandshakeAuth;
  readonly #onFailure: (error: unknown) => void;

  constructor(
    protocol: Readonly<Record<string, string>>,
    auth: HandshakeAuth = {},
    onFailure: (error: unknown) => void,
  ) {
    this.#protocol = protocol;
    this.#auth = auth;
    this.#onFailure = onFailure;
  }

  /** Finds out the credentials and passes them to `send`, or what went wrong to `onFailure`. */
  async answer(send: (credentials: object) => void): Promise<void> {
    this.#newest += 1;
    const question = this.#newest;
    try {
      const credentials = await this.credentials();
      if (question === this.#newest) send({ protocol: this.#protocol, ...credentials });
    } catch (error) {
      if (question === this.#newest) this.#onFailure(error);
    }
  }

  /** The credentials as they are now. Rejects with what `auth` throws, and where it gives no object. */
  async credentials(): Promise<object> {
    const auth = this.#auth;
    const credentials: unknown = typeof auth === 'function' ? await auth() : auth;
    if (typeof credentials === 'object' && credentials !== null) return credentials;
    throw new TypeError(`it must give an object, such as { token }, but gave ${typeof credentials}`);
  }

  /** Forgets the question that waits for its answer, if any. */
  cancel(): void {
    this.#newest += 1;
  }
}
