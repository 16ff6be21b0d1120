import { compileSchema } from '@wirepact/contract/compile';
import {
  type Contract,
  type ContractEvent,
  createPayloadSchema,
  findBoundsIssue,
  findPayloadError,
  type Handlers,
  type PayloadBounds,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { AttemptedRoom } from '../ports/identity';

/** What an event is about, as its contract declares it. */
export interface Subject {
  readonly event: string;
  /** Checked; `undefined` where the event declares none. */
  readonly payload: unknown;
  readonly room: AttemptedRoom | undefined;
  /** Who acts. */
  readonly actor: string | undefined;
}

/** What one event costs, in points of the rate limit. */
export interface EventCost<Payload = unknown, Reply = unknown> {
  /** On arrival. Default 1. */
  readonly onArrival?: (payload: Payload) => number;
  /** In addition, once it is known what it took. Default 0. */
  readonly onReply?: (payload: Payload, reply: Reply) => number;
}

/** Costs by the name of an event; one that is left out costs a point. */
export type EventCosts = Readonly<Record<string, EventCost>>;

type AnyHandler<Context> = (context: Context, payload: unknown) => unknown;

/** One event of a contract, ready to be dispatched. */
export interface Route<Context> {
  /** `undefined` where the contract has no such event. */
  readonly definition: ContractEvent | undefined;
  readonly cost: EventCost;
  readonly handle: AnyHandler<Context>;
  /** A payload with its actor, where it was left out and somebody is signed in. */
  complete(payload: unknown, entityId: string | undefined): unknown;
  /** What is wrong with a payload, if anything: its bounds are looked at for every event. */
  check(payload: unknown): Promise<WirepactError> | undefined;
  acceptsReply(reply: unknown): boolean;
  /** What a payload that is right makes the event be about. */
  subjectOf(payload: unknown): Subject;
}

/** Stands for the schema of an event that declares no payload: what comes in its place is dropped, whatever it is. */
const ANYTHING = createPayloadSchema({ check: () => true, issues: () => [] });

/** What is too large is refused also where it would be dropped. */
const isTooLarge = (payload: unknown, limits: PayloadBounds) =>
  findBoundsIssue(payload, limits)?.keyword.startsWith('max') === true;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function textOf(payload: unknown, name: string | undefined): string | undefined {
  if (name === undefined || !isObject(payload) || !Object.hasOwn(payload, name)) return undefined;
  const value: unknown = Reflect.get(payload, name);
  return typeof value === 'string' ? value : undefined;
}

/** One event with its handler. */
function createRoute<Context>(
  event: string,
  definition: ContractEvent,
  handle: AnyHandler<Context>,
  cost: EventCost,
): Route<Context> {
  const { actor, room, limits } = definition;
  const reply = definition.reply && compileSchema(definition.reply);
  const payloadSchema = definition.payload && compileSchema(definition.payload);
  const checked = { ...definition, payload: payloadSchema ?? ANYTHING };

  return {
    definition,
    cost,
    handle,

    complete(payload, entityId) {
      if (actor === undefined || entityId === undefined) return payload;
      if (!isObject(payload) || Object.hasOwn(payload, actor)) return payload;
      // What breaks the bounds is refused, and need not be copied before.
      return findBoundsIssue(payload, limits) ? payload : { ...payload, [actor]: entityId };
    },

    check: (payload) =>
      payloadSchema || isTooLarge(payload, limits) ? findPayloadError(checked, payload) : undefined,

    acceptsReply: (value) => (reply ? reply.check(value) : value === null),

    subjectOf(payload) {
      const id = room && (textOf(payload, room.property) ?? textOf(payload, room.fallback));
      return {
        event,
        payload,
        room: room && id !== undefined ? { name: room.name, id } : undefined,
        actor: textOf(payload, actor),
      };
    },
  };
}

/** Where an event goes that a contract does not have: nowhere. */
export function createUnknownRoute<Context>({ name, version }: Contract, event: string): Route<Context> {
  const shown = JSON.stringify(event.slice(0, 100));
  const refusal = new WirepactError('UNKNOWN_EVENT', `${name} ${version} has no event ${shown}.`);
  return {
    definition: undefined,
    cost: {},
    handle: () => undefined,
    complete: (payload) => payload,
    check: () => Promise.resolve(refusal),
    acceptsReply: () => false,
    subjectOf: (payload) => ({ event, payload, room: undefined, actor: undefined }),
  };
}

/**
 * Every event of a contract with its handler.
 * @throws WirepactError `INVALID_OPTIONS` where a handler is missing.
 */
export function createRoutes<C extends Contract, Context>(
  contract: C,
  handlers: Handlers<C, Context>,
  costs: EventCosts,
): ReadonlyMap<string, Route<Context>> {
  // Each payload is checked against its own event's schema before its handler sees it, which no type can say here.
  const untyped = handlers as Readonly<Record<string, AnyHandler<Context>>>;
  const toEntry = ([event, definition]: [string, ContractEvent]) => {
    const handle = untyped[event];
    if (typeof handle === 'function')
      return [event, createRoute(event, definition, handle, costs[event] ?? {})] as const;
    throw new WirepactError('INVALID_OPTIONS', `No handler for the event "${event}" of ${contract.name}.`);
  };
  return new Map(Object.entries(contract.clientToServer).map(toEntry));
}
