import { randomUUID } from 'node:crypto';
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import { Random } from '../sample/random';
import { WireClient } from '../wire/wire-client';
import type { Credentials, Target } from './target';
import { Skipped } from './violation';

/** How one connection differs from the others of its run. */
export interface ConnectOptions {
  /** Whose credentials it brings: those of the run, of somebody else, or none. Default: those of the run. */
  readonly as?: 'own' | 'other' | 'nobody';
  readonly transports?: readonly string[];
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const NOBODY: Credentials = { auth: {}, headers: {} };

/** One check while it is made: the connections it opens are closed after it. */
export class Trial {
  /** For what a check makes up; the same in every run with the same seed. */
  readonly random: Random;
  private readonly clients: WireClient[] = [];

  constructor(
    readonly target: Target,
    use: string,
  ) {
    this.random = new Random(target.seed, use);
  }

  /** A client that is connecting; it hears every event from the first one on. */
  open({ as = 'own', ...more }: ConnectOptions = {}): WireClient {
    const { url, path } = this.target;
    const { auth = {}, query = {}, headers = {}, transports = this.target.transports } = more;
    const credentials = this.credentialsOf(as);
    const options: Partial<ManagerOptions & SocketOptions> = {
      forceNew: true,
      reconnection: false,
      path,
      query,
      auth: { ...credentials.auth, ...auth },
      extraHeaders: { ...credentials.headers, ...headers },
      transports: [...transports],
    };
    const client = new WireClient(io(url, options), this.target);
    this.clients.push(client);
    return client;
  }

  /** A client that is connected. @throws Violation Where the server does not let it. */
  async connect(options?: ConnectOptions): Promise<WireClient> {
    const client = this.open(options);
    if (!(await client.admitted())) this.target.notConnected(client.refusal);
    return client;
  }

  /** What a connection brings; skips the check where nobody else is known. */
  credentialsOf(as: NonNullable<ConnectOptions['as']>): Credentials {
    const { own, other } = this.target;
    if (as === 'nobody') return NOBODY;
    if (as === 'own') return own;
    return other ?? this.skip('it needs somebody else who is signed in: otherAuth, or --other-auth');
  }

  /** An id that no other run has: what this run makes on a server meets nothing of another. */
  newId(): string {
    return randomUUID();
  }

  /** Ends the check without a verdict. @throws Skipped */
  skip(reason: string): never {
    throw new Skipped(reason);
  }

  close(): void {
    for (const client of this.clients) client.close();
  }
}
