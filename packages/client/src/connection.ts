import type { WirepactError } from '@wirepact/contract/runtime';
import { io, type Socket } from 'socket.io-client';
import { Backoff } from './backoff';
import { closedError, createClientError } from './client-errors';
import type { ConnectionSettings } from './connection-settings';
import type { ConnectionState } from './connection-state';
import { type Exchange, type ExchangeRequest, exchangeEvent } from './exchange';
import { Gate, type Patience } from './gate';
import { Handshake } from './handshake';
import { createObservable, type Observable } from './observable';
import { parseWireError } from './wire-error';

/**
 * Brings back what the server forgot with the last connection. Runs after every connect, before waiting
 * requests go out; `session` is aborted when that connection ends. Must not reject.
 */
export type Restorer = (session: AbortSignal) => Promise<void>;

/** One Socket.IO connection that comes back by itself, whoever ended it. */
export class Connection {
  private readonly socket: Socket;
  private readonly current = createObservable<ConnectionState>({ status: 'disconnected' });
  private readonly gate = new Gate();
  private readonly restorers: Restorer[] = [];
  private readonly backoff: Backoff;
  private readonly handshake: Handshake;
  private session = new AbortController();
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private connectedAt = 0;

  /** Where the connection stands. */
  readonly state: Observable<ConnectionState> = this.current;
  /** True once {@link close} was called. */
  closed = false;

  constructor(
    url: string,
    private readonly settings: ConnectionSettings,
    /** Versions this client can work with, by the name of a contract. */
    protocol: Readonly<Record<string, string>> = {},
  ) {
    this.handshake = new Handshake(protocol, settings.auth, (error) => this.handleAuthFailure(error));
    this.backoff = this.createBackoff();
    this.socket = io(url, {
      ...settings,
      autoConnect: false,
      forceNew: true,
      auth: (send) => void this.handshake.answer(send),
    });
    this.socket.on('connect', () => void this.handleConnect());
    this.socket.on('disconnect', (reason) => this.handleDisconnect(reason));
    this.socket.on('connect_error', (error) => this.handleConnectError(error));
    this.socket.io.on('reconnect_attempt', (attempt) => this.wait(this.current.get().error, attempt));
    this.socket.io.on('reconnect_failed', () => this.giveUp(this.current.get().error));
  }

  /** Delays between attempts, as the settings of this connection want them. */
  createBackoff(): Backoff {
    const {
      reconnectionDelay = 1000,
      reconnectionDelayMax = 5000,
      randomizationFactor = 0.5,
    } = this.settings;
    return new Backoff({
      minMs: reconnectionDelay,
      maxMs: reconnectionDelayMax,
      jitter: randomizationFactor,
    });
  }

  /** Calls `listener` with every event of the server and its first argument. */
  onEvent(listener: (event: string, payload: unknown) => void): void {
    this.socket.onAny(listener);
  }

  /** Adds a step to what happens after every connect. */
  onRestore(restorer: Restorer): void {
    this.restorers.push(restorer);
  }

  /**
   * Starts to connect; does nothing while connected or about to be.
   * @throws WirepactError `CLOSED`
   */
  open(): void {
    if (this.closed) throw closedError();
    const waitsForRetry = this.retryTimer !== undefined;
    if (!waitsForRetry && this.current.get().status !== 'disconnected') return;
    this.cancelRetry();
    this.gate.shut();
    this.socket.connect();
    if (!waitsForRetry) this.current.set({ status: 'connecting' });
  }

  /**
   * Resolves when requests may be sent: connected, and everything restored.
   * Rejects with the reason of `signal`, or with why nobody is trying to connect: at once, or, for who is
   * patient, where trying again makes no sense.
   */
  ready(signal: AbortSignal, patience?: Patience): Promise<void> {
    return this.gate.pass(signal, patience);
  }

  /** Emits an event and waits for its acknowledgement. Rejects with the reason of its signal. */
  exchange(request: ExchangeRequest): Promise<Exchange> {
    return exchangeEvent(this.socket, request);
  }

  /** Notes a measured round trip. */
  setLatency(latencyMs: number): void {
    if (this.socket.connected) this.current.set({ ...this.current.get(), latencyMs });
  }

  /** Ends a connection that is dead, as if it had been lost: another one takes its place. */
  drop(): void {
    this.socket.io.engine.close();
  }

  /** Ends the connection until {@link open}; what waits is rejected with `reason`. */
  disconnect(reason = createClientError('DISCONNECTED', 'The client was told to disconnect.')): void {
    this.cancelRetry();
    this.handshake.cancel();
    this.gate.fail(reason);
    this.socket.disconnect();
    this.backoff.reset();
    if (this.current.get().status !== 'disconnected') this.current.set({ status: 'disconnected' });
  }

  /** Ends the connection for good; what waits is rejected with `CLOSED`. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.disconnect(closedError());
  }

  private async handleConnect(): Promise<void> {
    const session = new AbortController();
    this.session = session;
    this.connectedAt = Date.now();
    this.current.set({ status: 'connected', socketId: this.socket.id });
    await Promise.allSettled(this.restorers.map((restore) => restore(session.signal)));
    if (!session.signal.aborted) this.gate.open();
  }

  private handleDisconnect(reason: Socket.DisconnectReason): void {
    this.session.abort();
    if (reason === 'io client disconnect') return;
    this.gate.shut();
    const error = createClientError('DISCONNECTED', `The connection was lost: ${reason}.`);
    // A server that lets a client in only to send it away again must not be asked ever faster.
    if (Date.now() - this.connectedAt > 10_000) this.backoff.reset();
    if (reason === 'io server disconnect') this.retryLater(error);
    else if (this.settings.reconnection === false) this.giveUp(error);
    else this.current.set({ status: 'reconnecting', error });
  }

  private handleConnectError(cause: Error & { data?: unknown }): void {
    // Socket.IO goes on trying by itself, unless it was the server that refused.
    if (this.socket.active) {
      const error = createClientError(
        'CONNECTION_FAILED',
        `Cannot reach the server: ${cause.message}.`,
        cause,
      );
      if (this.settings.reconnection === false) this.giveUp(error);
      else this.wait(error, this.current.get().attempt);
      return;
    }
    const error = parseWireError(cause.data) ?? createClientError('CONNECTION_REFUSED', cause.message, cause);
    if (error.retryable) this.retryLater(error);
    else this.giveUp(error);
  }

  private handleAuthFailure(cause: unknown): void {
    this.socket.disconnect();
    this.retryLater(createClientError('AUTH_FAILED', 'The `auth` function failed.', cause));
  }

  private retryLater(error: WirepactError): void {
    const { reconnection = true, reconnectionAttempts = Number.POSITIVE_INFINITY } = this.settings;
    if (!reconnection || this.backoff.attempts >= reconnectionAttempts) {
      this.giveUp(error);
      return;
    }
    const delayMs = this.backoff.nextDelayMs(error.retryAfterMs);
    this.cancelRetry();
    this.retryTimer = setTimeout(() => {
      this.retryTimer = undefined;
      this.socket.connect();
    }, delayMs);
    this.wait(error, this.backoff.attempts);
  }

  /** Says that connecting goes on: for the first time, or again. */
  private wait(error: WirepactError | undefined, attempt: number | undefined): void {
    const status = this.current.get().status === 'connecting' ? 'connecting' : 'reconnecting';
    this.current.set({ status, error, attempt });
  }

  private giveUp(error = createClientError('DISCONNECTED', 'The connection was lost.')): void {
    this.backoff.reset();
    this.gate.fail(error);
    this.current.set({ status: 'disconnected', error });
  }

  private cancelRetry(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
  }
}
