import {
  type Contract,
  type DeprecationListener,
  type Handlers,
  type WireError,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { isPromise } from '../is-promise';
import { OwnError } from '../own-error';
import type { ServerMeter } from '../ports/metrics';
import type { Tracing } from '../ports/tracing';
import { withDeadline } from './deadline';
import type { RateMeter } from './rate-meter';
import { Refusals } from './refusals';
import { type GatewayConnection, type Peer, type Request, toRequest } from './request';
import { RequestLog } from './request-log';
import { type QueueLimits, RequestQueue } from './request-queue';
import { retryable } from './retryable';
import { createRoutes, createUnknownRoute, type EventCosts, type Route, type Subject } from './route';

/** What bounds one connection. */
export interface GatewayLimits extends QueueLimits {
  /** Refusals in a minute; with one more the connection is ended. */
  readonly maxRefusals: number;
}

/** What a gateway is made of. */
export interface GatewayOptions<C extends Contract, Context> {
  readonly contract: C;
  readonly handlers: Handlers<C, Context>;
  readonly costs: EventCosts<Context>;
  readonly limits: GatewayLimits;
  /** Whether a peer may do this: returns where that is known at once, else a promise. Throws `WirepactError`s. */
  readonly authorize: (context: Context, subject: Subject) => Promise<void> | undefined;
  /** How long the handler of an event may take, in milliseconds; `undefined` for as long as it likes. */
  readonly timeoutOf: (event: string) => number | undefined;
  /** Events that are taken while the server drains, as what is under way goes on by them; left out where there are none. */
  readonly goesOn?: ReadonlySet<string>;
  /** Told of every event that is taken; left out where nobody wants to know. */
  readonly onUse?: DeprecationListener;
  /** Told of every failure, before the acknowledgement; left out where nobody is. */
  readonly onFailure?: (context: Context, event: string, payload: unknown, error: WireError) => void;
  /** What the sender is told of an error. */
  readonly toWireError: (event: string, cause: unknown) => WireError;
  /** Told of what became of every event; left out where nobody measures it. */
  readonly meter?: Pick<ServerMeter, 'answered'> | undefined;
  /** Follows every event; left out where nobody does. */
  readonly tracing?: Pick<Tracing, 'receive'> | undefined;
  readonly logger: Logger;
}

/** Takes events off the wire. */
export interface Gateway<Context> {
  /**
   * Takes the events of a connection: whoever has them calls what this returns, with the arguments as Socket.IO gives
   * them. It never throws, and settles every acknowledgement of a connection that is still there.
   */
  accept(
    context: Context,
    connection: GatewayConnection,
    meter: RateMeter | undefined,
  ): (event: string, args: readonly unknown[]) => void;
  /** From now on every event is answered with UNAVAILABLE, but those of `goesOn`. Resolves when those under way are done. */
  drain(): Promise<void>;
  /** Events that have come and are not answered yet. */
  readonly underWay: number;
}

const closing = () => retryable('UNAVAILABLE', 'The server is closing.');
const overloaded = () => retryable('OVERLOADED', 'Too many events of this connection wait for an answer.');
const unheard = () =>
  new WirepactError('INVALID_PAYLOAD', 'This event answers with a stream: send it with an acknowledgement.');
const rateLimited = (retryAfterMs: number) => {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return retryable('RATE_LIMITED', `Too many requests; try again in ${seconds} s.`, retryAfterMs);
};

/** A reply that breaks the contract is the handler's fault, and none of the sender's business. */
const toReplyError = (event: string, cause: unknown) =>
  new Error(`The handler of "${event}" replied with what the contract forbids.`, { cause });

/** What is wrong with a payload is listed a moment later; until then it holds its place among the peer's requests. */
const reject = (error: WirepactError): never => {
  throw error;
};

const isGone = ({ isOver, connection }: Pick<Peer<never>, 'isOver' | 'connection'>) =>
  isOver || connection.isClosed;

/** True for what a handler throws that heeds its signal: nobody is there to be told, and nothing went wrong. */
const isAbandoned = (connection: GatewayConnection, cause: unknown): boolean =>
  connection.isClosed &&
  (cause === connection.closed.reason ||
    (cause instanceof OwnError && cause.code === 'DISCONNECTED') ||
    (cause instanceof Error && cause.name === 'AbortError'));

class CheckedPipeline<C extends Contract, Context> implements Gateway<Context> {
  private readonly routes: ReadonlyMap<string, Route<Context>>;
  private readonly log: RequestLog;
  underWay = 0;
  private onIdle: (() => void) | undefined;
  private isClosing = false;

  constructor(private readonly options: GatewayOptions<C, Context>) {
    this.routes = createRoutes(options.contract, options.handlers, options.costs);
    this.log = new RequestLog(options.logger, options.meter);
  }

  accept(context: Context, connection: GatewayConnection, meter: RateMeter | undefined) {
    const { limits } = this.options;
    const queue = new RequestQueue<Request<Context>>(limits);
    const peer: Peer<Context> = { context, connection, meter, refusals: undefined, queue, isOver: false };
    return (event: string, args: readonly unknown[]) => this.receive(peer, event, args);
  }

  drain(): Promise<void> {
    this.isClosing = true;
    return new Promise((resolve) => {
      this.onIdle = resolve;
      if (this.underWay === 0) resolve();
    });
  }

  private receive(peer: Peer<Context>, event: string, args: readonly unknown[]): void {
    if (isGone(peer)) return;
    const route = this.routes.get(event) ?? createUnknownRoute<Context>(this.options.contract, event);
    const { contract, tracing } = this.options;
    const trace = tracing?.receive(contract.name, route.definition && event, args[1]);
    const request = toRequest(peer, event, route, args, this.log.now(), trace);
    this.underWay += 1;
    try {
      const isRefused = this.isClosing && !this.options.goesOn?.has(event);
      const refusal = isRefused ? closing() : this.check(request);
      if (!refusal) this.admit(request);
      else if (refusal instanceof WirepactError) this.fail(request, refusal);
      else this.wait(request, refusal.then(reject));
    } catch (cause) {
      // A schema of another library may throw.
      this.fail(request, cause);
    }
  }

  private check(request: Request<Context>) {
    const { trace } = request;
    return trace ? trace.run('check', () => this.inspect(request)) : this.inspect(request);
  }

  /** What keeps a request from being taken. What is invalid counts as one, too, or it would be free. */
  private inspect(request: Request<Context>): WirepactError | Promise<WirepactError> | undefined {
    const { peer, route } = request;
    request.payload = route.complete(request.payload, peer.connection.identity?.entityId);
    const flaw = route.check(request.payload);
    const points = flaw ? 1 : (route.cost.onArrival?.(request.payload, peer.context) ?? 1);
    const retryAfterMs = points > 0 ? (peer.meter?.take(points) ?? 0) : 0;
    if (retryAfterMs > 0) return rateLimited(retryAfterMs);
    if (flaw) return flaw;
    if (route.definition?.stream && !request.answer) return unheard();
    // What the contract does not declare is dropped, whatever it is.
    if (!route.definition?.payload) request.payload = undefined;
    return peer.queue.take(request) ? undefined : overloaded();
  }

  private authorize({ peer, route, payload, trace }: Request<Context>): Promise<void> | undefined {
    const { authorize } = this.options;
    const subject = route.subjectOf(payload);
    return trace
      ? trace.run('authorize', () => authorize(peer.context, subject))
      : authorize(peer.context, subject);
  }

  private admit(request: Request<Context>): void {
    const { peer, route, event } = request;
    if (route.definition) this.options.onUse?.(event, route.definition, request.payload);
    try {
      const admission = this.authorize(request);
      if (admission) this.wait(request, admission);
      else if (peer.queue.hasLine) this.wait(request);
      else this.handle(request);
    } catch (cause) {
      this.fail(request, cause);
    }
  }

  /** Handles a request once it and all before it are admitted. */
  private wait(request: Request<Context>, admission?: Promise<void>): void {
    const { peer } = request;
    peer.queue.lineUp(request);
    if (!admission) {
      request.state = 'admitted';
      return;
    }
    admission.then(
      () => {
        request.state = 'admitted';
        this.handleAdmitted(peer);
      },
      (cause: unknown) => {
        this.fail(request, cause);
        this.handleAdmitted(peer);
      },
    );
  }

  private handleAdmitted({ queue }: Peer<Context>): void {
    for (let next = queue.next(); next; next = queue.next()) {
      if (next.state === 'admitted') this.handle(next);
    }
  }

  private handle(request: Request<Context>): void {
    const { peer, route, event } = request;
    if (isGone(peer)) {
      this.log.abandoned(request);
      this.finish(request);
      return;
    }
    try {
      const { payload, trace } = request;
      const result = trace
        ? trace.run('handle', () => route.handle(peer.context, payload))
        : route.handle(peer.context, payload);
      if (!isPromise(result)) this.succeed(request, result);
      else
        this.inTime(result, event).then(
          (reply) => this.succeed(request, reply),
          (cause: unknown) => this.fail(request, cause),
        );
    } catch (cause) {
      this.fail(request, cause);
    }
  }

  private inTime(work: PromiseLike<unknown>, event: string): PromiseLike<unknown> {
    const timeoutMs = this.options.timeoutOf(event);
    return timeoutMs === undefined ? work : withDeadline(work, timeoutMs, `The handler of ${event}`);
  }

  private succeed(request: Request<Context>, result: unknown): void {
    const { peer, route, event, answer } = request;
    try {
      const data = route.toReply(result);
      const flaw = route.checkReply(data);
      if (flaw) {
        const fail = (cause: unknown) => this.fail(request, toReplyError(event, cause));
        flaw.then(fail, fail);
        return;
      }
      const points = route.cost.onReply?.(request.payload, data) ?? 0;
      if (points > 0) peer.meter?.charge(points);
      answer?.({ ok: true, data });
      route.afterAnswer?.(result);
    } catch (cause) {
      this.fail(request, cause);
      return;
    }
    this.log.handled(request);
    this.finish(request);
  }

  private fail(request: Request<Context>, cause: unknown): void {
    const { peer, event, payload, answer } = request;
    if (isAbandoned(peer.connection, cause)) {
      this.log.abandoned(request);
      request.state = 'refused';
      this.finish(request);
      return;
    }
    const error = this.options.toWireError(event, cause);
    this.options.onFailure?.(peer.context, event, payload, error);
    answer?.({ ok: false, error });
    this.log.refused(request, error.code);
    request.state = 'refused';
    this.finish(request);
    peer.refusals ??= new Refusals(this.options.limits.maxRefusals);
    if (!peer.refusals.isOneTooMany(error.code)) return;
    peer.isOver = true;
    const message = `More than ${this.options.limits.maxRefusals} requests in a minute were refused.`;
    peer.connection.end('TOO_MANY_REFUSALS', message);
  }

  private finish(request: Request<Context>): void {
    request.peer.queue.release(request);
    this.underWay -= 1;
    if (this.underWay === 0) this.onIdle?.();
  }
}

/**
 * The checked pipeline. On arrival an event's bounds and schema are looked at, it is counted, and it gets a place among
 * the pending requests of its connection. Then it is authorized, handled in its turn, its reply checked, and
 * acknowledged. Nothing is awaited where nothing has to be waited for.
 */
export const createGateway = <C extends Contract, Context>(
  options: GatewayOptions<C, Context>,
): Gateway<Context> => new CheckedPipeline(options);
