import { toFields } from '../wire/packet';
import { BudgetUsed, RateLimited, Violation } from './violation';

/** How connections are made: by WebSocket alone, or by polling alone. */
export type Transport = 'websocket' | 'polling';

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
  /** How long to wait for what has to come, in milliseconds. Default 5,000. */
  readonly patienceMs?: number | undefined;
  /** What everything that is made up comes from. Default 1. */
  readonly seed?: number | undefined;
  /** Events that may be sent in all. Default 20,000. */
  readonly maxEvents?: number | undefined;
}

/** The server that is looked at, for one transport. */
export class Target {
  readonly url: string;
  readonly path: string;
  readonly auth: Readonly<Record<string, unknown>>;
  readonly headers: Record<string, string>;
  readonly transports: readonly Transport[];
  readonly patienceMs: number;
  readonly seed: number;
  /** Events that were sent so far. */
  events = 0;
  private readonly maxEvents: number;

  constructor(options: TargetOptions) {
    this.url = options.url;
    this.path = options.path ?? '/socket.io/';
    this.auth = options.auth ?? {};
    this.headers = { ...options.headers };
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

  /** @throws Violation Why there is no connection, by what the client was told; `RateLimited` where it may come back. */
  notConnected(refusal: Error | undefined): never {
    const limited = RateLimited.from(toFields(refusal && Reflect.get(refusal, 'data')));
    if (limited) throw limited;
    throw new Violation(`no connection: ${refusal?.message ?? 'the server does not answer'}`);
  }
}
