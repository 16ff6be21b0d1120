import type { Ack, EventRegistry } from '@wirepact/contract/runtime';
import type { Connection } from '../ports/connection';
import type { EventTrace } from '../ports/tracing';
import type { RateMeter } from './rate-meter';
import type { Refusals } from './refusals';
import type { QueuedRequest, RequestQueue } from './request-queue';
import type { Route } from './route';

/** What the gateway uses of a connection. */
export type GatewayConnection = Pick<
  Connection<EventRegistry>,
  'id' | 'closed' | 'isClosed' | 'end' | 'identity'
>;

/** Whoever events come from, with what is under way for them. */
export interface Peer<Context> {
  readonly context: Context;
  readonly connection: GatewayConnection;
  /** What its events are counted by; `undefined` where nothing is limited. */
  readonly meter: RateMeter | undefined;
  /** Made with the first failure: most have none. */
  refusals: Refusals | undefined;
  readonly queue: RequestQueue<Request<Context>>;
  /** Nothing of it is taken any more. */
  isOver: boolean;
}

/** One event that was sent, from its arrival to its answer. */
export interface Request<Context> extends QueuedRequest {
  readonly peer: Peer<Context>;
  readonly event: string;
  readonly route: Route<Context>;
  payload: unknown;
  /** Settles the acknowledgement, where one was asked for. */
  readonly answer: ((ack: Ack<unknown>) => void) | undefined;
  /** When it came, by `performance.now()`; `undefined` where nobody wants to know how long it took. */
  readonly cameAt: number | undefined;
  /** `undefined` where nobody follows it. */
  readonly trace: EventTrace | undefined;
}

/**
 * A request out of an event's arguments as Socket.IO gives them: a payload, and an acknowledgement where the last one is
 * a function. Others are dropped, but that whoever follows traces looks at the one behind the payload.
 */
export function toRequest<Context>(
  peer: Peer<Context>,
  event: string,
  route: Route<Context>,
  args: readonly unknown[],
  cameAt: number | undefined,
  trace: EventTrace | undefined,
): Request<Context> {
  const last = args.at(-1);
  // A function among the arguments can only be Socket.IO's own acknowledgement: JSON has none.
  const answer = typeof last === 'function' ? (last as (ack: Ack<unknown>) => void) : undefined;
  const payload = answer && args.length === 1 ? undefined : args[0];
  return { peer, event, route, payload, answer, cameAt, trace, state: 'waiting', size: 0, isPending: false };
}
