import type { Contract, JournalEventOf, PresenceOf, RoomNames } from '@wirepact/contract/runtime';
import { useMemo } from 'react';
import type { ClientError } from '../runtime/base/client-errors';
import type { Observable } from '../runtime/base/observable';
import type { Channel } from '../runtime/channel/channel';
import type { ChannelState } from '../runtime/channel/channel-state';
import type { Snapshot } from '../runtime/channel/reduction';
import type { ContractClient } from '../runtime/contract-client';
import { constant, createHold } from './hold';
import { type PresenceHandle, usePresenceOf } from './presence-of';
import { useObservable, useStable } from './use-observable';

/** A room as components see it; the same object until something in it changes. */
export interface RoomHandle<C extends Contract, Kind extends RoomNames<C> & string> {
  /** Absent on a server and before the first effect; what it sends waits until it is joined. */
  readonly channel: Channel<C, Kind> | undefined;
  /** As in `Channel.state`; `joining` before. */
  readonly state: ChannelState['status'];
  /** Why this client is not in the room, where the state does not say it all. */
  readonly error: ClientError | undefined;
}

/** What an event of a room makes of a state. Like `load` it is that of the render in which the room was first named. */
type Reducer<C extends Contract, Kind extends string, State> = (
  state: State,
  event: JournalEventOf<C, Kind>,
) => State;

/** A state that begins with `initial`, and again where what was missed cannot be told. */
export interface ReducedState<C extends Contract, Kind extends string, State> {
  readonly reduce: Reducer<C, Kind, State>;
  readonly initial: State;
}

/** A state that is asked for with `load`, at first and where what was missed cannot be told. */
export interface LoadedState<C extends Contract, Kind extends string, State> {
  readonly reduce: Reducer<C, Kind, State>;
  readonly load: (signal: AbortSignal) => Promise<Snapshot<State>>;
}

/** Opens a channel for as long as what it gives is held; one of a client that was closed meanwhile gives nothing. */
function holdRoom<C extends Contract, Kind extends RoomNames<C> & string, Value>(
  [client, room, id]: readonly [ContractClient<C>, Kind, string],
  initial: Value,
  open: (channel: Channel<C, Kind>) => Observable<Value>,
): Observable<Value> {
  return createHold(initial, (set) => {
    if (client.connection.get().error?.code === 'CLOSED') return () => {};
    const channel = client.channel(room, id);
    const { get, subscribe } = open(channel);
    const stop = subscribe(set);
    set(get());
    return () => {
      stop();
      channel.release();
      set(initial);
    };
  });
}

/** The channel of a room, once effects have run. */
function useRoomChannel<C extends Contract, Kind extends RoomNames<C> & string>(
  client: ContractClient<C>,
  room: Kind,
  id: string,
): Channel<C, Kind> | undefined {
  const held = useMemo(
    () => holdRoom<C, Kind, Channel<C, Kind> | undefined>([client, room, id], undefined, constant),
    [client, room, id],
  );
  return useObservable(held, undefined);
}

const JOINING: ChannelState<ClientError> = { status: 'joining' };
const NOWHERE = /* @__PURE__ */ constant(JOINING);

/** As `ContractHooks.useChannel`. */
export function useRoom<C extends Contract, Kind extends RoomNames<C> & string>(
  client: ContractClient<C>,
  room: Kind,
  id: string,
): RoomHandle<C, Kind> {
  const channel = useRoomChannel(client, room, id);
  const { status: state, error } = useObservable(channel?.state ?? NOWHERE, JOINING);
  return useStable({ channel, state, error });
}

/** As `ContractHooks.useChannelState`. */
export function useRoomState<C extends Contract, Kind extends RoomNames<C> & string, State>(
  client: ContractClient<C>,
  room: Kind,
  id: string,
  state: ReducedState<C, Kind, State> | LoadedState<C, Kind, State>,
): State | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: functions are other ones in every render.
  const held = useMemo(() => {
    const initial: State | undefined = 'initial' in state ? state.initial : undefined;
    return holdRoom<C, Kind, State | undefined>([client, room, id], initial, (channel) =>
      'initial' in state
        ? channel.reduce(state.reduce, state.initial)
        : channel.reduceFrom(state.reduce, state.load),
    );
  }, [client, room, id]);
  return useObservable(held, held.get());
}

/** As `ContractHooks.usePresence`. */
export const useRoomPresence = <C extends Contract, Kind extends RoomNames<C> & string>(
  client: ContractClient<C>,
  room: Kind,
  id: string,
): PresenceHandle<PresenceOf<C, Kind>> => usePresenceOf(useRoomChannel(client, room, id)?.presence);
