import type { Ack } from './ack';
import type { Contract } from './contract';
import type { WirepactError } from './error';
import type { ContractEvent, Durable, InRoom, Keyed, Streamed } from './event';
import type { PayloadSchema } from './payload-schema';

/** What a schema describes; `Nothing` where there is no schema. */
type ValueOf<Schema, Nothing> = Schema extends PayloadSchema<infer Value> ? Value : Nothing;

/** What an event carries; `undefined` where it carries nothing. */
export type PayloadOf<Event extends ContractEvent> = ValueOf<Event['payload'], undefined>;

/** The `data` of an event's successful acknowledgement; `null` where it defines no reply. */
export type ReplyOf<Event extends ContractEvent> = ValueOf<Event['reply'], null>;

/** One item of the stream that an event answers with; `never` where it answers with none. */
export type ItemOf<Event extends ContractEvent> = Event extends Streamed<infer Item> ? Item : never;

/** The `data` of an event's acknowledgement on the wire: the name of the stream that follows, else the reply. */
export type AnswerOf<Event extends ContractEvent> = [ItemOf<Event>] extends [never]
  ? ReplyOf<Event>
  : { stream: string };

/** Names of the events among these that answer with a stream. */
export type StreamNames<Events> = {
  [Name in keyof Events]: Events[Name] extends Streamed ? Name : never;
}[keyof Events] &
  string;

/** Names of the events among these that answer at once. */
export type RequestNames<Events> = Exclude<keyof Events & string, StreamNames<Events>>;

/** Names of the events among these that are kept in a journal. */
export type DurableNames<Events> = {
  [Name in keyof Events]: Events[Name] extends Durable ? Name : never;
}[keyof Events] &
  string;

/** Names of the events among these that a client may repeat, as their payload names the send. */
export type KeyedNames<Events> = {
  [Name in keyof Events]: Events[Name] extends Keyed ? Name : never;
}[keyof Events] &
  string;

/** Names of the server-to-client events that are requests: a client answers them. */
export type ServerRequestNames<C extends Contract> = {
  [Name in keyof C['serverToClient']]: [C['serverToClient'][Name]['reply']] extends [undefined]
    ? never
    : Name;
}[keyof C['serverToClient']] &
  string;

/** What the kinds of rooms are called that events of a contract belong to. */
export type RoomNames<C extends Contract> = {
  [Name in keyof C['serverToClient']]: C['serverToClient'][Name] extends InRoom<infer Kind> ? Kind : never;
}[keyof C['serverToClient']];

/**
 * Names of the events among these that belong to rooms of one kind; one whose room was declared without `as const` may be
 * of any kind.
 */
export type NamesInRoom<Events, Kind extends string> = {
  [Name in keyof Events]: Events[Name] extends InRoom<infer Declared>
    ? [Kind] extends [Declared]
      ? Name
      : [Declared] extends [Kind]
        ? Name
        : never
    : never;
}[keyof Events] &
  string;

/** An event of the journal of a kind of room, under its name: what a reducer is given, on both ends. */
export type JournalEventOf<C extends Pick<Contract, 'serverToClient'>, Kind extends string = string> = {
  [Name in NamesInRoom<C['serverToClient'], Kind> & DurableNames<C['serverToClient']>]: {
    readonly event: Name;
    readonly payload: PayloadOf<C['serverToClient'][Name]>;
  };
}[NamesInRoom<C['serverToClient'], Kind> & DurableNames<C['serverToClient']>];

/** What a member of a kind of room says that it does; `never` where the contract declares no presence for it. */
export type PresenceOf<C extends Contract, Kind extends string> =
  NonNullable<C['presence']> extends { readonly [Name in Kind]: PayloadSchema<infer State> } ? State : never;

/** Codes of the contract's own that an event may fail with. */
export type CodeOf<Event extends ContractEvent> = NonNullable<Event['errors']>[number];

/** What a code tells besides; `undefined` where it tells nothing more. */
export type ErrorDataOf<C extends Contract, Code extends string> =
  NonNullable<C['errors']> extends { readonly [Name in Code]: { readonly data?: infer Data } }
    ? [NonNullable<Data>] extends [never]
      ? undefined
      : ValueOf<NonNullable<Data>, undefined>
    : undefined;

/** The errors that an event declares: one for each code, with its data. */
export type EventErrorOf<C extends Contract, Name extends keyof C['clientToServer']> =
  CodeOf<C['clientToServer'][Name]> extends infer Code
    ? Code extends string
      ? WirepactError<Code, ErrorDataOf<C, Code>>
      : never
    : never;

/**
 * Socket.IO's map of the events a client emits. The acknowledgement is optional, as it is on the wire.
 * Extend an interface from it: `interface ClientToServerEvents extends ClientToServerEventsOf<typeof c> {}`
 * keeps hovers readable and type checks fast.
 */
export type ClientToServerEventsOf<C extends Contract> = {
  [Name in keyof C['clientToServer']]: [PayloadOf<C['clientToServer'][Name]>] extends [undefined]
    ? (ack?: (answer: Ack<AnswerOf<C['clientToServer'][Name]>>) => void) => void
    : (
        payload: PayloadOf<C['clientToServer'][Name]>,
        ack?: (answer: Ack<AnswerOf<C['clientToServer'][Name]>>) => void,
      ) => void;
};

/**
 * As {@link ClientToServerEventsOf}, with the acknowledgement required: the map for a client that
 * uses `emitWithAck`, whose answer Socket.IO can only type from an acknowledgement that is always there.
 */
export type ClientToServerRequestsOf<C extends Contract> = {
  [Name in keyof C['clientToServer']]: [PayloadOf<C['clientToServer'][Name]>] extends [undefined]
    ? (ack: (answer: Ack<AnswerOf<C['clientToServer'][Name]>>) => void) => void
    : (
        payload: PayloadOf<C['clientToServer'][Name]>,
        ack: (answer: Ack<AnswerOf<C['clientToServer'][Name]>>) => void,
      ) => void;
};

/** Socket.IO's map of the events a server emits. Extend an interface from it, as with {@link ClientToServerEventsOf}. */
export type ServerToClientEventsOf<C extends Contract> = {
  [Name in keyof C['serverToClient']]: (
    ...args: [
      ...payload: PayloadOf<C['serverToClient'][Name]> extends infer Payload
        ? [Payload] extends [undefined]
          ? []
          : [payload: Payload]
        : never,
      ...ack: ReplyOf<C['serverToClient'][Name]> extends infer Reply
        ? [Reply] extends [null]
          ? []
          : [ack: (answer: Ack<Reply>) => void]
        : never,
    ]
  ) => void;
};

/** What the handler of an event gives: its reply, a promise of it, or the items of its stream. */
export type HandlerResult<Event extends ContractEvent> = [ItemOf<Event>] extends [never]
  ? ReplyOf<Event> | Promise<ReplyOf<Event>>
  : AsyncIterable<ItemOf<Event>>;

/** The client-to-server event `Name` as its handler sees it: payload in, reply (or a promise of it) or items out. */
export type Handler<C extends Contract, Context, Name extends keyof C['clientToServer']> = (
  context: Context,
  payload: PayloadOf<C['clientToServer'][Name]>,
) => HandlerResult<C['clientToServer'][Name]>;

/**
 * One handler for every client-to-server event of a contract. Check a handler map with
 * `satisfies Handlers<typeof contract, Context>`: a missing handler is then one compile error.
 */
export type Handlers<C extends Contract, Context> = {
  readonly [Name in keyof C['clientToServer']]: Handler<C, Context, Name>;
};
