import type { Contract, RequestNames, WirepactError } from '@wirepact/contract/runtime';
import { checkOptions, type OptionKinds } from '../base/check-options';
import { closedError, createClientError, MAX_LOSSES, undeliverableError } from '../base/client-errors';
import { copyJson } from '../base/copy-json';
import type { Obstacle } from '../base/deadline';
import { timerMs, untilAborted, withDeadline } from '../base/deadline';
import type { PassOptions } from '../base/gate';
import { Turns } from '../base/turns';
import type { Connection } from '../connection/connection';
import { findObstacle } from '../connection/connection-state';
import type { Exchange } from '../connection/exchange';
import type { ContractCheck } from './contract-check';
import type { RequestPayload, RequestReply } from './contract-events';

/** How long to wait for an answer. */
export interface RequestOptions {
  /** Ends the wait with the code `ABORTED`; a request that was sent already is not taken back. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the wait ends with the code `TIMEOUT`. Default: the client's `requestTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
}

/** What each of the {@link RequestOptions} may be. */
export const REQUEST_OPTIONS: OptionKinds<RequestOptions> = { signal: 'AbortSignal', timeoutMs: 'number' };

/** How to send one request. */
export interface CallOptions extends RequestOptions {
  /**
   * Whether to send again where a lost connection took the answer with it: for requests that do no harm twice.
   * Default: where the event declares a `key`, and the payload has one.
   */
  readonly resend?: boolean | undefined;
}

/** What each of the {@link CallOptions} may be. */
export const CALL_OPTIONS: OptionKinds<CallOptions> = { ...REQUEST_OPTIONS, resend: 'boolean' };

/** How the client itself sends requests. */
export interface DeliveryOptions extends CallOptions {
  /** Go out at once, as part of what restores a connection, instead of waiting until it is restored. */
  readonly restoring?: boolean;
  /** The payload was found right before, by {@link Requester.refusal}. */
  readonly checked?: boolean;
  /** The connection was lost with it before: wait for one, and for others of the kind, so that the cause is found. */
  readonly suspect?: boolean;
}

/** The arguments after the event's name; the payload may be left out where the event carries none. */
export type RequestArguments<Payload, Options = CallOptions> = undefined extends Payload
  ? [payload?: undefined, options?: Options]
  : [payload: Payload, options?: Options];

/** Sends an event of the contract `C` and resolves to the data of its reply. */
export type Request<C extends Contract, Options = CallOptions> = <
  Name extends RequestNames<C['clientToServer']>,
>(
  event: Name,
  ...args: RequestArguments<RequestPayload<C, Name>, Options>
) => Promise<RequestReply<C, Name>>;

/** Sends events of a contract over a connection and waits for their replies. */
export class Requester {
  /** For what may be the reason why the connection was lost: one at a time, so that the others get through. */
  readonly #suspects = new Turns();

  readonly #connection: Connection;
  readonly #check: ContractCheck;
  readonly #requestTimeoutMs: number;

  constructor(connection: Connection, check: ContractCheck, requestTimeoutMs: number) {
    this.#connection = connection;
    this.#check = check;
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  /**
   * This requester's {@link send}, typed by the contract `C`, which must be the one it checks with. Where an application
   * calls it, its options are checked to be of these `kinds`.
   */
  typed<C extends Contract>(kinds?: OptionKinds<CallOptions>): Request<C, DeliveryOptions> {
    return async <Name extends RequestNames<C['clientToServer']>>(
      event: Name,
      ...[payload, options]: RequestArguments<RequestPayload<C, Name>, DeliveryOptions>
    ) => {
      if (kinds) checkOptions(event, options, kinds);
      const reply = await this.send(event, payload, options);
      // The compiler cannot follow a schema looked up by name; `send` has checked the reply against it.
      return reply as RequestReply<C, Name>;
    };
  }

  /**
   * Why a payload would not be sent, or `undefined` where it would:
   * `UNKNOWN_EVENT`, `INVALID_PAYLOAD` or `INVALID_UUID`.
   */
  refusal(event: string, payload: unknown): Promise<WirepactError> | undefined {
    return this.#check.refusal(event, payload);
  }

  /** Why nothing can be sent now, where that is because there is no connection. */
  get obstacle(): Obstacle | undefined {
    return findObstacle(this.#connection.state.get());
  }

  /** Whether requests may be sent now. */
  get isReady(): boolean {
    return this.#connection.isReady;
  }

  /** Resolves when requests may be sent; see {@link Connection.ready}. */
  ready(signal: AbortSignal, options?: PassOptions): Promise<void> {
    return this.#connection.ready(signal, options);
  }

  /**
   * Runs `run` with the time limit of an application's `options`.
   * @throws WirepactError `INVALID_OPTIONS`, `TIMEOUT`, `ABORTED`
   */
  async withinTime<Result>(
    what: string,
    options: RequestOptions,
    run: (deadline: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    checkOptions(what, options, REQUEST_OPTIONS);
    return this.#withDeadline(what, options, run);
  }

  /** Sends an event and gives the data of its reply; both are checked. */
  async send(event: string, payload: unknown, options: DeliveryOptions = {}): Promise<unknown> {
    const refusal = options.checked ? undefined : this.refusal(event, payload);
    if (refusal) throw await refusal;
    // What is sent, perhaps much later, is what was checked.
    const args = this.#check.toArguments(event, options.checked ? payload : copyJson(payload));
    const { resend = this.#check.isRepeatable(event, payload) } = options;
    const answer = await this.#withDeadline(event, options, (deadline) =>
      this.#deliver(event, args, { ...options, resend }, deadline),
    );
    return this.#check.reply(event, answer);
  }

  #withDeadline<Result>(
    what: string,
    { timeoutMs = this.#requestTimeoutMs, signal }: RequestOptions,
    run: (deadline: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return withDeadline(what, { timeoutMs, signal, explain: () => this.obstacle }, run);
  }

  /** Sends until there is an answer, or a reason to give up. */
  async #deliver(
    event: string,
    args: unknown[],
    options: DeliveryOptions,
    deadline: AbortSignal,
  ): Promise<unknown> {
    const { restoring = false, resend = false, suspect = false } = options;
    const emit = () => this.#emit(event, args, options, deadline);
    const emitAlone = () =>
      this.#suspects.next(async (before) => {
        await untilAborted(before, deadline);
        return emit();
      });
    for (let losses = 0; ; ) {
      const exchange = await (suspect || losses > 0 ? emitAlone() : emit());
      if (exchange.status === 'answered') return exchange.answer;
      if (exchange.status === 'lost') losses += 1;
      if (restoring || (losses > 0 && !resend)) throw this.#lossOf(event);
      if (losses >= MAX_LOSSES) throw undeliverableError(event);
    }
  }

  /** Emits once, as soon as there is a connection. */
  async #emit(
    event: string,
    args: unknown[],
    { restoring, suspect, timeoutMs = this.#requestTimeoutMs }: DeliveryOptions,
    signal: AbortSignal,
  ): Promise<Exchange> {
    if (!restoring) await this.#connection.ready(signal, { whileDisconnected: suspect });
    return this.#connection.exchange({ event, args, timeoutMs: timerMs(timeoutMs), signal });
  }

  #lossOf(event: string) {
    if (this.#connection.closed) return closedError();
    return createClientError(
      'DISCONNECTED',
      `${event} was sent, but the connection ended before the answer: whether the server acted on it is unknown.`,
    );
  }
}
