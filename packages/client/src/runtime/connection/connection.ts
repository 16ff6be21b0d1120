import { io, type Socket } from 'socket.io-client';
import { type ClientError, closedError, createClientError } from '../base/client-errors';
import { Gate, type PassOptions } from '../base/gate';
import { createObservable, type Observable } from '../base/observable';
import { Backoff } from './backoff';
import { toConnectionFailure, toRefusal } from './connection-failure';
import type { ConnectionSettings } from './connection-settings';
import type { ConnectionState } from './connection-state';
import { type Exchange, type ExchangeRequest, exchangeEvent } from './exchange';
import { Handshake } from './handshake';
import { Reconnection } from './reconnection';
import { parseWireError } from './wire-error';

/**
 * Brings back what the server forgot with the last connection. Runs after every connect, before waiting
 * requests go out; `session` is aborted when that connection ends. Must not reject.
 */
export type Restorer = (session: AbortSignal) => Promise<void>;

/** Sends an acknowledgement. */
export type Acknowledge = (answer: object) => void;

/** A connection that ends sooner did not last: then the next attempt does not start over from the shortest delay. */
const LASTING_MS = 10_000;

/** One Socket.IO connection that comes back by itself, whoever ended it. */
export class Connection {
  readonly #socket: Socket;
  readonly #current = createObservable<ConnectionState>({ status: 'disconnected' });
  readonly #gate = new Gate();
  readonly #restorers: Restorer[] = [];
  readonly #reconnection: Reconnection;
  readonly #handshake: Handshake;
  #ended = new AbortController();
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #connectedAt = Number.POSITIVE_INFINITY;
  /** Why the connection is about to end, where that was said before. */
  #ending: ClientError | undefined;

  /** Where the connection stands. */
  readonly state: Observable<ConnectionState> = this.#current;
  /** True once {@link close} was called. */
  closed = false;

  readonly #url: string;
  readonly #settings: ConnectionSettings;

  constructor(
    url: string,
    settings: ConnectionSettings,
    /** Versions this client can work with, by the name of a contract. */
    protocol: Readonly<Record<string, string>> = {},
  ) {
    this.#url = url;
    this.#settings = settings;
    this.#handshake = new Handshake(protocol, settings.auth, (error) => this.#handleAuthFailure(error));
    this.#reconnection = new Reconnection(settings);
    // Socket.IO does not reconnect by itself: only here it is known which ends are for good, and when it is tried again.
    this.#socket = io(url, {
      ...settings,
      // Elsewhere `polling` alone is tried, which tells best what is wrong.
      tryAllTransports: settings.transports?.[0] === 'websocket',
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      auth: (send) => void this.#handshake.answer(send),
    });
    this.#socket.on('connect', () => void this.#handleConnect());
    this.#socket.on('disconnect', (reason) => this.#handleDisconnect(reason));
    this.#socket.on('connect_error', (error) => this.#handleConnectError(error));
  }

  /** Delays between attempts, as the settings of this connection want them. */
  createBackoff(): Backoff {
    return new Backoff(this.#settings);
  }

  /** Aborted when the present connection ends. */
  get session(): AbortSignal {
    return this.#ended.signal;
  }

  /** The credentials that a connection would have now. Rejects with what `auth` throws. */
  credentials(): Promise<object> {
    return this.#handshake.credentials();
  }

  /**
   * Calls `listener` with every event of the server: its first argument, what acknowledges it where it asks for that, and
   * else the argument behind the payload, which only who follows traces looks at.
   */
  onEvent(
    listener: (event: string, payload: unknown, acknowledge?: Acknowledge, carrier?: unknown) => void,
  ): void {
    this.#socket.onAny((name: string | number, ...args: unknown[]) => {
      const event = `${name}`;
      const answer = args.at(-1);
      if (typeof answer !== 'function') return listener(event, args[0], undefined, args[1]);
      const { session } = this;
      // Numbers of acknowledgements belong to a connection: one that comes later must not answer for another.
      const acknowledge = (data: object) => session.aborted || answer(data);
      listener(event, args.length > 1 ? args[0] : undefined, acknowledge);
    });
  }

  /** Adds a step to what happens after every connect. */
  onRestore(restorer: Restorer): void {
    this.#restorers.push(restorer);
  }

  /**
   * Starts to connect, also where that was to be tried again later; does nothing while connected or connecting.
   * @throws WirepactError `CLOSED`
   */
  open(): void {
    if (this.closed) throw closedError();
    const waitsForRetry = this.#retryTimer !== undefined;
    if (!waitsForRetry && this.#current.get().status !== 'disconnected') return;
    this.#cancelRetry();
    this.#gate.shut();
    this.#socket.connect();
    if (!waitsForRetry) this.#current.set({ status: 'connecting' });
  }

  /**
   * Resolves when requests may be sent: connected, and everything restored.
   * Rejects with the reason of `signal`, or with why nobody is trying to connect; with `whileDisconnected` only
   * where trying again makes no sense.
   */
  ready(signal: AbortSignal, options?: PassOptions): Promise<void> {
    return this.#gate.pass(signal, options);
  }

  /** Whether requests may be sent now. */
  get isReady(): boolean {
    return this.#gate.isOpen;
  }

  /** Emits an event and waits for its acknowledgement. Rejects with the reason of its signal. */
  exchange(request: ExchangeRequest): Promise<Exchange> {
    return exchangeEvent(this.#socket, request);
  }

  /** Notes a measured round trip. */
  setLatency(latencyMs: number): void {
    if (this.#socket.connected) this.#current.set({ ...this.#current.get(), latencyMs });
  }

  /** Notes why the server is about to end the connection; where that is not retryable, no other takes its place. */
  noteEnd(reason: ClientError): void {
    this.#ending = reason;
  }

  /** Ends a connection that is dead because of `reason`, as if it had been lost: another one takes its place. */
  drop(reason: ClientError): void {
    this.#ending = reason;
    this.#socket.io.engine.close();
  }

  /** Ends the connection until {@link open}; what waits is rejected with `DISCONNECTED`. */
  disconnect(): void {
    if (this.closed) return;
    this.#end(createClientError('DISCONNECTED', '`disconnect()` was called.'));
    if (this.#current.get().status !== 'disconnected') this.#current.set({ status: 'disconnected' });
  }

  /** Ends the connection for good; what waits is rejected with `CLOSED`. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    const error = closedError();
    this.#end(error);
    this.#current.set({ status: 'disconnected', error });
  }

  #end(reason: ClientError): void {
    this.#cancelRetry();
    this.#handshake.cancel();
    this.#gate.fail(reason);
    this.#socket.disconnect();
    this.#reconnection.startOver();
  }

  async #handleConnect(): Promise<void> {
    const ended = new AbortController();
    this.#ended = ended;
    this.#connectedAt = Date.now();
    this.#reconnection.attempt = 0;
    this.#ending = undefined;
    this.#current.set({ status: 'connected', socketId: this.#socket.id });
    await Promise.allSettled(this.#restorers.map((restore) => restore(ended.signal)));
    if (!ended.signal.aborted) this.#gate.open();
  }

  #handleDisconnect(reason: Socket.DisconnectReason): void {
    this.#ended.abort();
    if (reason === 'io client disconnect') return;
    this.#gate.shut();
    const hasLasted = Date.now() - this.#connectedAt > LASTING_MS;
    this.#connectedAt = Number.POSITIVE_INFINITY;
    // A server that lets a client in only to send it away again must not be asked ever faster.
    if (hasLasted) this.#reconnection.startOver();
    const error = this.#ending ?? createClientError('DISCONNECTED', `The connection was lost: ${reason}.`);
    this.#ending = undefined;
    this.#retry(error);
  }

  #handleConnectError(cause: Error & { data?: unknown }): void {
    const isOpen = this.#socket.io.engine.readyState === 'open';
    // The server's own refusal ends the socket; what else goes wrong leaves it as it is.
    const error = this.#socket.active
      ? toConnectionFailure(cause, this.#url, this.#settings, isOpen)
      : (parseWireError(cause.data) ?? this.explain(cause));
    // A transport that was open tells of its end as well: that is one failure, and one attempt.
    if (isOpen) this.drop(error);
    else this.#retry(error);
  }

  /** Why the server does not want this connection, where it gave no code of ours. */
  explain(cause: Error): ClientError {
    return toRefusal(cause, this.#url);
  }

  #handleAuthFailure(cause: unknown): void {
    this.#socket.disconnect();
    const text = `The \`auth\` function failed: ${cause instanceof Error ? cause.message : cause}.`;
    this.#retry(createClientError('AUTH_FAILED', text, cause));
  }

  /** Tries again later, or gives up where that makes no sense. */
  #retry(error: ClientError): void {
    const delayMs = this.#reconnection.delayAfter(error);
    if (delayMs === undefined) {
      this.#reconnection.startOver();
      this.#gate.fail(error);
      this.#current.set({ status: 'disconnected', error });
      return;
    }
    this.#cancelRetry();
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      this.#wait(error);
      this.#socket.connect();
    }, delayMs);
    this.#wait(error, Date.now() + delayMs);
  }

  /** Says that connecting goes on: now, or at a time. */
  #wait(error: ClientError, retryAt?: number): void {
    const status = this.#current.get().status === 'connecting' ? 'connecting' : 'reconnecting';
    this.#current.set({ status, error, attempt: this.#reconnection.attempt, retryAt });
  }

  #cancelRetry(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
  }
}
