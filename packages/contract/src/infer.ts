import type { Ack } from './ack';
import type { Contract } from './contract';
import type { ContractEvent } from './event';
import type { PayloadSchema } from './payload-schema';

/** What a schema describes; `Nothing` where there is no schema. */
type ValueOf<Schema, Nothing> = Schema extends PayloadSchema<infer Value> ? Value : Nothing;

/** What an event carries; `undefined` where it carries nothing. */
export type PayloadOf<Event extends ContractEvent> = ValueOf<Event['payload'], undefined>;

/** The `data` of an event's successful acknowledgement; `null` where it defines no reply. */
export type ReplyOf<Event extends ContractEvent> = ValueOf<Event['reply'], null>;

/**
 * Socket.IO's map of the events a client emits. The acknowledgement is optional, as it is on the wire.
 * Extend an interface from it: `interface ClientToServerEvents extends ClientToServerEventsOf<typeof c> {}`
 * keeps hovers readable and type checks fast.
 */
export type ClientToServerEventsOf<C extends Contract> = {
  [Name in keyof C['clientToServer']]: [PayloadOf<C['clientToServer'][Name]>] extends [undefined]
    ? (ack?: (answer: Ack<ReplyOf<C['clientToServer'][Name]>>) => void) => void
    : (
        payload: PayloadOf<C['clientToServer'][Name]>,
        ack?: (answer: Ack<ReplyOf<C['clientToServer'][Name]>>) => void,
      ) => void;
};

/**
 * As {@link ClientToServerEventsOf}, with the acknowledgement required: the map for a client that
 * uses `emitWithAck`, whose answer Socket.IO can only type from an acknowledgement that is always there.
 */
export type ClientToServerRequestsOf<C extends Contract> = {
  [Name in keyof C['clientToServer']]: [PayloadOf<C['clientToServer'][Name]>] extends [undefined]
    ? (ack: (answer: Ack<ReplyOf<C['clientToServer'][Name]>>) => void) => void
    : (
        payload: PayloadOf<C['clientToServer'][Name]>,
        ack: (answer: Ack<ReplyOf<C['clientToServer'][Name]>>) => void,
      ) => void;
};

/** Socket.IO's map of the events a server emits. Extend an interface from it, as with {@link ClientToServerEventsOf}. */
export type ServerToClientEventsOf<C extends Contract> = {
  [Name in keyof C['serverToClient']]: [PayloadOf<C['serverToClient'][Name]>] extends [undefined]
    ? () => void
    : (payload: PayloadOf<C['serverToClient'][Name]>) => void;
};

/** The client-to-server event `Name` as its handler sees it: payload in, reply (or a promise of it) out. */
export type Handler<C extends Contract, Context, Name extends keyof C['clientToServer']> = (
  context: Context,
  payload: PayloadOf<C['clientToServer'][Name]>,
) => ReplyOf<C['clientToServer'][Name]> | Promise<ReplyOf<C['clientToServer'][Name]>>;

/**
 * One handler for every client-to-server event of a contract. Check a handler map with
 * `satisfies Handlers<typeof contract, Context>`: a missing handler is then one compile error.
 */
export type Handlers<C extends Contract, Context> = {
  readonly [Name in keyof C['clientToServer']]: Handler<C, Context, Name>;
};
