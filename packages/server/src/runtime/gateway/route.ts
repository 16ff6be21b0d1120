import {
  actorOf,
  type Contract,
  type ContractEvent,
  findBoundsIssue,
  findPayloadError,
  findReplyError,
  type Handlers,
  type RoomReference,
  roomOf,
  WirepactError,
} from '@wirepact/contract/runtime';

/** What an event is about, as its contract declares it. */
export interface Subject {
  readonly event: string;
  /** Checked; `undefined` where the event declares none. */
  readonly payload: unknown;
  readonly room: RoomReference | undefined;
  /** Who acts. */
  readonly actor: string | undefined;
}

/** What one event costs, in points of the rate limit. */
export interface EventCost<Context, Payload = unknown, Reply = unknown> {
  /** On arrival. Default 1. */
  readonly onArrival?: (payload: Payload, context: Context) => number;
  /** In addition, once it is known what it took. Default 0. */
  readonly onReply?: (payload: Payload, reply: Reply) => number;
}

/** Costs by the name of an event; one that is left out costs a point. */
export type EventCosts<Context> = Readonly<Record<string, EventCost<Context>>>;

type AnyHandler<Context> = (context: Context, payload: unknown) => unknown;

/** One event of a contract, ready to be dispatched. */
export interface Route<Context> {
  /** `undefined` where the contract has no such event. */
  readonly definition: ContractEvent | undefined;
  readonly cost: EventCost<Context>;
  readonly handle: AnyHandler<Context>;
  /** A payload with its actor, where it was left out and somebody is signed in. */
  complete(payload: unknown, entityId: string | undefined): unknown;
  /** What is wrong with a payload, if anything: its bounds are looked at for every event. */
  check(payload: unknown): Promise<WirepactError> | undefined;
  /** What the sender is answered, out of what its handler gave. */
  toReply(result: unknown): unknown;
  /** Called once the sender was answered; left out where nothing follows. */
  readonly afterAnswer?: (result: unknown) => void;
  /** What is wrong with a reply, if anything. */
  checkReply(data: unknown): Promise<WirepactError> | undefined;
  /** What a payload that is right makes the event be about. */
  subjectOf(payload: unknown): Subject;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What the handler of an event gives that answers with a stream. */
export interface StreamAnswer {
  readonly id: string;
  /** Begins to send. */
  start(): void;
}

/** How an event is answered: of one that declares nothing to tell, whatever its handler returns is dropped. */
function answersOf({ reply, stream }: ContractEvent): Pick<Route<never>, 'toReply' | 'afterAnswer'> {
  if (!stream) return { toReply: reply ? (result) => result ?? null : () => null };
  // The handler of such an event is bound to give one.
  const opened = (result: unknown) => result as StreamAnswer;
  return {
    toReply: (result) => ({ stream: opened(result).id }),
    afterAnswer: (result) => opened(result).start(),
  };
}

/** One event with its handler. */
function createRoute<Context>(
  event: string,
  definition: ContractEvent,
  handle: AnyHandler<Context>,
  cost: EventCost<Context>,
): Route<Context> {
  const { actor, limits } = definition;

  return {
    definition,
    cost,
    handle,

    complete(payload, entityId) {
      if (actor === undefined || entityId === undefined) return payload;
      if (!isObject(payload) || Array.isArray(payload) || Object.hasOwn(payload, actor)) return payload;
      // What breaks the bounds is refused, and need not be copied before.
      return findBoundsIssue(payload, limits) ? payload : { ...payload, [actor]: entityId };
    },

    check: (payload) => findPayloadError(definition, payload),
    checkReply: (data) => findReplyError(definition, data),
    ...answersOf(definition),

    subjectOf: (payload) => ({
      event,
      payload,
      room: roomOf(definition, payload),
      actor: actorOf(definition, payload),
    }),
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
    toReply: () => null,
    checkReply: () => undefined,
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
  costs: EventCosts<Context>,
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
