import { compileSchema } from '@wirepact/contract/compile';
import {
  type Ack,
  type Contract,
  type ContractEvent,
  type DeprecationListener,
  findPayloadError,
  type Handlers,
  type WireError,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { RateLimiter } from '../ports/rate-limiter';

/** What the gateway needs to know of whoever sent an event. */
export interface GatewayPeer<Context> {
  readonly context: Context;
  /** What requests are counted by. */
  readonly rateKey: string;
  /** Settles once every event before the next one was admitted: handlers start in the order of arrival. */
  admission: Promise<unknown>;
}

/** What a gateway is made of. */
export interface GatewayOptions<C extends Contract, Context> {
  readonly contract: C;
  readonly handlers: Handlers<C, Context>;
  /** Left out where nothing is limited. */
  readonly rateLimiter: RateLimiter | undefined;
  /** Rejects with a `WirepactError` where the peer may not do this. */
  readonly authorize: (context: Context, event: string, payload: unknown) => Promise<void> | undefined;
  /** Told of every event with a payload that is right; left out where nobody wants to know. */
  readonly onUse?: DeprecationListener;
  /** Told of every failure, beside the acknowledgement. */
  readonly onFailure: (context: Context, event: string, payload: unknown, error: WireError) => void;
  readonly logger: Logger;
}

/** Takes events off the wire. */
export interface Gateway<Context> {
  /** One event with its arguments as Socket.IO gives them. Never rejects; the acknowledgement always settles. */
  dispatch(peer: GatewayPeer<Context>, event: string, args: readonly unknown[]): Promise<void>;
  /** From now on every event is answered with UNAVAILABLE. Resolves when those under way are done. */
  drain(): Promise<void>;
}

type AnyHandler<Context> = (context: Context, payload: unknown) => unknown;

/** One event, ready to be dispatched. */
interface Route<Context> {
  readonly definition: ContractEvent;
  /** What is wrong with a payload, if anything. */
  readonly check: (payload: unknown) => Promise<WirepactError> | undefined;
  readonly handle: AnyHandler<Context>;
  readonly acceptsReply: (reply: unknown) => boolean;
}

function createRoute<Context>(event: ContractEvent, handle: AnyHandler<Context>): Route<Context> {
  const reply = event.reply && compileSchema(event.reply);
  const compiled = { ...event, payload: event.payload && compileSchema(event.payload) };
  return {
    definition: event,
    check: (payload) => findPayloadError(compiled, payload),
    handle,
    acceptsReply: (value) => (reply ? reply.check(value) : value === null || value === undefined),
  };
}

function createRoutes<C extends Contract, Context>({ contract, handlers }: GatewayOptions<C, Context>) {
  // Each payload is checked against its own event's schema before its handler sees it, which no type can say here.
  const untyped = handlers as Readonly<Record<string, AnyHandler<Context>>>;
  const routes = new Map<string, Route<Context>>();
  for (const [name, event] of Object.entries(contract.clientToServer)) {
    const handle = untyped[name];
    if (!handle)
      throw new WirepactError('INVALID_OPTIONS', `No handler for the event "${name}" of ${contract.name}.`);
    routes.set(name, createRoute(event, handle));
  }
  return routes;
}

type Answer = (ack: Ack<unknown>) => void;

/** An event's payload and acknowledgement out of its arguments; arguments besides are ignored. */
function readArguments(args: readonly unknown[]): { payload: unknown; answer: Answer | undefined } {
  const last = args.at(-1);
  const answer = typeof last === 'function' ? (ack: Ack<unknown>) => void last(ack) : undefined;
  return { payload: answer && args.length === 1 ? undefined : args[0], answer };
}

const rateLimited = (retryAfterMs: number) =>
  new WirepactError('RATE_LIMITED', `Too many requests; try again in ${Math.ceil(retryAfterMs / 1000)} s.`, {
    retryable: true,
    retryAfterMs,
  });

/** The checked pipeline: validate, rate limit, authorize, handle, check the reply, acknowledge. */
export function createGateway<C extends Contract, Context>(
  options: GatewayOptions<C, Context>,
): Gateway<Context> {
  const { contract, rateLimiter, authorize, onUse, onFailure, logger } = options;
  const routes = createRoutes(options);
  let underWay = 0;
  let onIdle: (() => void) | undefined;
  let isClosing = false;

  const unknownEvent = (event: string) =>
    new WirepactError(
      'UNKNOWN_EVENT',
      `${contract.name} ${contract.version} has no event ${JSON.stringify(event.slice(0, 100))}.`,
    );

  /** Everything before the handler. What is invalid counts as a request too, or it would be free. */
  async function admit(peer: GatewayPeer<Context>, event: string, payload: unknown): Promise<Route<Context>> {
    if (isClosing) throw new WirepactError('UNAVAILABLE', 'The server is closing.', { retryable: true });
    const route = routes.get(event);
    const flaw = route ? route.check(payload) : Promise.resolve(unknownEvent(event));
    const retryAfterMs = rateLimiter ? await rateLimiter.consume(peer.rateKey) : 0;
    if (retryAfterMs > 0) throw rateLimited(retryAfterMs);
    if (flaw || !route) throw await flaw;
    onUse?.(event, route.definition, payload);
    const allowed = authorize(peer.context, event, payload);
    if (allowed) await allowed;
    return route;
  }

  async function run(peer: GatewayPeer<Context>, event: string, payload: unknown): Promise<unknown> {
    const next = () => admit(peer, event, payload);
    const admitted = peer.admission.then(next, next);
    peer.admission = admitted;
    const route = await admitted;
    const reply = (await route.handle(peer.context, payload)) ?? null;
    if (!route.acceptsReply(reply))
      throw new Error(`The handler of "${event}" replied with what the contract forbids.`);
    return reply;
  }

  /** What the sender is told: a `WirepactError` as it is, anything else only as INTERNAL. */
  function toWireError(event: string, cause: unknown): WireError {
    if (cause instanceof WirepactError) return cause.toWire();
    logger.error({ err: cause, event }, 'an event could not be handled');
    return new WirepactError('INTERNAL', 'The server failed to handle this event.', {
      retryable: true,
    }).toWire();
  }

  async function settle(peer: GatewayPeer<Context>, event: string, args: readonly unknown[]): Promise<void> {
    const { payload, answer } = readArguments(args);
    underWay += 1;
    try {
      const data = await run(peer, event, payload);
      answer?.({ ok: true, data });
      logger.debug({ event }, 'handled an event');
    } catch (cause) {
      const error = toWireError(event, cause);
      onFailure(peer.context, event, payload, error);
      answer?.({ ok: false, error });
      logger.debug({ event: event.slice(0, 100), code: error.code }, 'refused an event');
    } finally {
      underWay -= 1;
      if (underWay === 0) onIdle?.();
    }
  }

  return {
    dispatch: settle,
    drain() {
      isClosing = true;
      return new Promise((resolve) => {
        onIdle = resolve;
        if (underWay === 0) resolve();
      });
    },
  };
}
