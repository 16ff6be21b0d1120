import type { Ack, EventRegistry } from '@wirepact/contract/runtime';
import type { Connection } from '../ports/connection';
import type { RateMeter } from '../ports/rate-limiter';
import type { Refusals } from './refusals';
import type { Route } from './route';

/** What the gateway uses of a connection. */
export type GatewayConnection = Pick<Connection<EventRegistry>, 'closed' | 'end' | 'identity'>;

/** Whoever events come from, with what is under way for them. */
export interface Peer<Context> {
  readonly context: Context;
  readonly connection: GatewayConnection;
  /** What its events are counted by; `undefined` where nothing is limited. */
  readonly meter: RateMeter | undefined;
  readonly refusals: Refusals;
  /** Requests that wait to be handled, in the order they arrived: the first of them is not admitted yet. */
  readonly waiting: Request<Context>[];
  /** How many requests were taken and are not answered yet. */
  pending: number;
  /** Their size, but for one that was taken while there was no other. */
  pendingSize: number;
  /** Nothing of it is taken any more. */
  isOver: boolean;
}

/** One event that was sent, from its arrival to its answer. */
export interface Request<Context> {
  readonly peer: Peer<Context>;
  readonly event: string;
  readonly route: Route<Context>;
  payload: unknown;
  /** Settles the acknowledgement, where one was asked for. */
  readonly answer: ((ack: Ack<unknown>) => void) | undefined;
  /** `arrived`, then `taken` as one of the peer's pending requests, then `admitted`; or `refused`. */
  state: 'arrived' | 'taken' | 'admitted' | 'refused';
  /** What it counts for among the peer's pending requests. */
  size: number;
}

/**
 * A request out of an event's arguments as Socket.IO gives them: a payload, and an acknowledgement where the last one is
 * a function. Others are dropped.
 */
export function toRequest<Context>(
  peer: Peer<Context>,
  event: string,
  route: Route<Context>,
  args: readonly unknown[],
): Request<Context> {
  const last = args.at(-1);
  // A function among the arguments can only be Socket.IO's own acknowledgement: JSON has none.
  const answer = typeof last === 'function' ? (last as (ack: Ack<unknown>) => void) : undefined;
  const payload = answer && args.length === 1 ? undefined : args[0];
  return { peer, event, route, payload, answer, state: 'arrived', size: 0 };
}
