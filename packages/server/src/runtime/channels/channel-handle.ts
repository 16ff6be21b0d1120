import type {
  Contract,
  DurableNames,
  EventRegistry,
  JournalEventOf,
  NamesInRoom,
  PayloadOf,
} from '@wirepact/contract/runtime';
import type { AppendedEvent } from '../ports/event-store';
import type { Position } from '../ports/journal';

/** How an event is published. */
export interface PublishOptions {
  /**
   * Names the send it comes of, at most 256 characters: for each channel, actor and event it is published once. Default:
   * the property of the payload that the event declares as its `key`.
   */
  readonly key?: string | undefined;
  /**
   * A transaction of yours on the database of the store, in which the event is kept: a client of `pg` or a `DatabaseSync`
   * that has begun one. Members are told once you have committed: on PostgreSQL at once, else after
   * {@link ChannelHandle.refresh}, or within five seconds. Where you roll back, nothing has happened.
   */
  readonly transaction?: object | undefined;
  /** Who causes it. Default: who is signed in on the connection whose event is being handled. */
  readonly actor?: string | undefined;
}

/** A state made of the events of a room, up to a place in its journal. */
export interface Reduced<State> extends Position {
  readonly state: State;
}

/** A room with a journal: what is published in it reaches every member once and in order, those who come back included. */
export interface ChannelHandle<Events extends EventRegistry, Kind extends string = string> {
  /** The kind of room. */
  readonly room: string;
  /** Which one. */
  readonly id: string;
  /**
   * Keeps a durable event in the journal and sends it to the members. Resolves with its place once it is kept. An event
   * that repeats another is not sent again: `repeated` is true, and the place is that of the first.
   * @throws WirepactError `INVALID_EMIT` where the payload breaks the contract; `CHANNEL_LIMIT_REACHED`,
   * `STORE_UNAVAILABLE`
   */
  publish<Name extends DurableNames<Events> & NamesInRoom<Events, Kind>>(
    event: Name,
    payload: PayloadOf<Events[Name]>,
    options?: PublishOptions,
  ): Promise<AppendedEvent>;
  /**
   * Looks at the journal now, and tells the members of this process what is new. Needed only where something was committed
   * that this server did not write.
   * @throws WirepactError `STORE_UNAVAILABLE`
   */
  refresh(): Promise<void>;
  /**
   * The state that everything published in the room makes of `initial`, and the place in the journal that it is of: what
   * `reduceFrom` of a client's channel begins with. Reads the whole journal.
   * @throws WirepactError `JOURNAL_FORGOTTEN` where `retention` has left only its end; `OVERLOADED`, `UNAVAILABLE`,
   * `STORE_UNAVAILABLE`
   */
  reduce<State>(
    reducer: (state: State, event: JournalEventOf<{ serverToClient: Events }, Kind>) => State,
    initial: State,
  ): Promise<Reduced<State>>;
  /**
   * Deletes the journal; members are told, and are in the room no longer. `undefined` where there is none.
   * @throws WirepactError `STORE_UNAVAILABLE`
   */
  delete(): Promise<Position | undefined>;
  /**
   * Takes an entity's connections out of the room, and tells them. Answers with how many there were to this process; other
   * processes are told where `scaleOut`, or an adapter, joins them, and can be reached now.
   */
  remove(entityId: string): number;
  /**
   * Asks `authorize` again whether those in the room may be in it, and takes out those who may not. Answers with how many
   * connections to this process that were; others are told as of `remove`.
   */
  recheck(): Promise<number>;
}

/** Finds the rooms of a contract that have journals. */
export type ChannelOf<C extends Contract> = <Kind extends RoomNamesOf<C>>(
  room: Kind,
  id: string,
) => ChannelHandle<C['serverToClient'], Kind>;

/** What the kinds of rooms are called that durable events of a contract belong to. */
export type RoomNamesOf<C extends Contract> = {
  [Name in DurableNames<C['serverToClient']>]: NonNullable<C['serverToClient'][Name]['room']>['name'];
}[DurableNames<C['serverToClient']>];
