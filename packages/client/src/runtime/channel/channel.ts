import type {
  Contract,
  JournalEventOf,
  KeyedNames,
  NamesInRoom,
  PresenceOf,
  RoomNames,
} from '@wirepact/contract/runtime';
import type { ClientError } from '../base/client-errors';
import type { Observable } from '../base/observable';
import type { Presence } from '../presence/presence';
import type { EventPayload, RequestPayload, RequestReply } from '../request/contract-events';
import type { RequestOptions } from '../request/request';
import type { ChannelState } from './channel-state';
import type { Snapshot } from './reduction';

/** Names of the events that a server sends to rooms of one kind. */
export type ChannelEventName<C extends Contract, Kind extends string> = NamesInRoom<
  C['serverToClient'],
  Kind
>;

/** Names of the events that a client may send to rooms of one kind, however often: their payload names the send. */
export type ChannelSendName<C extends Contract, Kind extends string> = KeyedNames<C['clientToServer']> &
  NamesInRoom<C['clientToServer'], Kind>;

/** How to send an event to a channel. */
export interface ChannelSendOptions<Expected = unknown> extends RequestOptions {
  /** The event it will cause: states have it at once, and it is taken back where the send fails. */
  readonly expects?: Expected | undefined;
}

/**
 * A room this client takes part in as long as somebody holds the channel, over reconnects. Where it was taken out of the
 * room, or the room was deleted, whoever asks for a channel of it has all who hold one join again.
 */
export interface Channel<C extends Contract, Kind extends RoomNames<C> & string = RoomNames<C> & string> {
  /** The kind of room. */
  readonly room: Kind;
  readonly id: string;
  /** Whether this client is in the room now. */
  readonly state: Observable<ChannelState<ClientError>>;
  /**
   * Calls `listener` with every payload of `event` in this room; returns the function that stops it. Durable events come
   * in order and once, also those missed while away, unless the server can tell them no more.
   * @throws WirepactError `INVALID_OPTIONS` where the event is none of this kind of room
   */
  on<Name extends ChannelEventName<C, Kind>>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): () => void;
  /** Stops what {@link on} started. */
  off<Name extends ChannelEventName<C, Kind>>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): void;
  /**
   * Sends an event that names itself by its `key`, which is filled in where it is missing, and resolves to the data of
   * its reply. Sends of a channel go out one after the other; while the connection is away they wait, and after an error
   * that is `retryable` they are sent again. However often that is, the server takes each once.
   * @throws WirepactError as `request`; `OUTBOX_FULL`, `UNDELIVERABLE` or `CHANNEL_LEFT`
   */
  send<Name extends ChannelSendName<C, Kind>>(
    event: Name,
    payload: RequestPayload<C, Name>,
    options?: ChannelSendOptions<JournalEventOf<C, Kind>>,
  ): Promise<RequestReply<C, Name>>;
  /**
   * A state made of the room's durable events from now on, with what {@link send} `expects` on top. It begins with
   * `initial`, and again where what was missed cannot be told. An event that the reducer throws at is left out, and the
   * error is reported as any that nobody catches.
   * @throws WirepactError `INVALID_OPTIONS` where the reducer is no function
   */
  reduce<State>(
    reducer: (state: State, event: JournalEventOf<C, Kind>) => State,
    initial: State,
  ): Observable<State>;
  /**
   * As {@link reduce}, of a state that `load` gives, at first and where what was missed cannot be told; `undefined` until then.
   * Where `load` rejects with what is `retryable` it is asked again after a while. Any other error is reported as any that
   * nobody catches, and `load` asked again once the room is entered again, as after a reconnect.
   */
  reduceFrom<State>(
    reducer: (state: State, event: JournalEventOf<C, Kind>) => State,
    load: (signal: AbortSignal) => Promise<Snapshot<State>>,
  ): Observable<State | undefined>;
  /**
   * Who is in the room, and what they do there, where the contract declares its `presence`.
   * @throws WirepactError `INVALID_OPTIONS` where it does not
   */
  readonly presence: Presence<PresenceOf<C, Kind>>;
  /** Lets go of the channel; this client leaves the room where nobody else holds it. Harmless a second time. */
  release(): void;
}
