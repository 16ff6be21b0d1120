import type { Contract, PresenceOf, RequestNames, RoomNames } from '@wirepact/contract/runtime';
import { type Context, createContext, type ReactElement, useCallback, useEffect, useRef } from 'react';
import { channels } from '../runtime/channel/channels';
import type { ConnectionState } from '../runtime/connection/connection-state';
import { type ContractClient, createContractClient, type SafeResult } from '../runtime/contract-client';
import type { ContractClientOptions } from '../runtime/contract-client-options';
import type {
  EventName,
  EventPayload,
  RequestError,
  RequestPayload,
  RequestReply,
} from '../runtime/request/contract-events';
import type { CallOptions, RequestArguments } from '../runtime/request/request';
import { type ClientLink, useConnectionOf, useLink } from './client-link';
import { createProvider, type GivenClientProps, type OwnClientProps } from './create-provider';
import type { PresenceHandle } from './presence-of';
import {
  type LoadedState,
  type ReducedState,
  type RoomHandle,
  useRoom,
  useRoomPresence,
  useRoomState,
} from './room-hooks';
import { useCalls } from './use-calls';
import { useStable } from './use-observable';

/** What the provider of a contract takes: the `url` of a server, or a `client`. */
export type ContractProviderProps<C extends Contract> =
  | OwnClientProps<ContractClientOptions>
  | GivenClientProps<ContractClient<C>>;

/** How a component sends one event; the same object until something in it changes. */
export interface RequestHandle<C extends Contract, Name extends RequestNames<C['clientToServer']>> {
  /** As `ContractClient.safeRequest`: resolves to the reply or the error, and never rejects. */
  readonly request: (
    ...args: RequestArguments<RequestPayload<C, Name>, CallOptions>
  ) => Promise<SafeResult<RequestReply<C, Name>, RequestError<C, Name>>>;
  /** Whether a request of this component waits for its answer. */
  readonly isPending: boolean;
  /** The last reply. */
  readonly data: RequestReply<C, Name> | undefined;
  /** Why the last request that ended failed; absent once there is another. */
  readonly error: RequestError<C, Name> | undefined;
}

/** The bindings of one contract. Hooks throw a WirepactError `INVALID_OPTIONS` where there is no `ContractProvider`. */
export interface ContractHooks<C extends Contract> {
  /**
   * Gives the hooks below it one client: its own, for `url` and `options`, or the `client` it is given. On a server it
   * connects nothing.
   */
  ContractProvider(props: ContractProviderProps<C>): ReactElement;
  /** The client of the provider, for what the hooks have not. */
  useClient(): ContractClient<C>;
  /** Where the connection stands; `connecting` on a server. */
  useConnection(): ConnectionState;
  /** Calls `listener` with every payload of `event` as long as the component is there: always that of the last render. */
  useEvent<Name extends EventName<C>>(event: Name, listener: (payload: EventPayload<C, Name>) => void): void;
  /** Sends `event`, and says whether an answer is awaited and what came of the last one. */
  useRequest<Name extends RequestNames<C['clientToServer']>>(event: Name): RequestHandle<C, Name>;
  /** Takes part in a room, over reconnects, as long as a component is there that uses it. */
  useChannel<Kind extends RoomNames<C> & string>(room: Kind, id: string): RoomHandle<C, Kind>;
  /**
   * The state that the durable events of a room make, with what sends `expect` on top; takes part in the room as
   * `useChannel` does.
   */
  useChannelState<Kind extends RoomNames<C> & string, State>(
    room: Kind,
    id: string,
    state: ReducedState<C, Kind, State>,
  ): State;
  /** As above, for a state that is asked for: `undefined` until it is there. */
  useChannelState<Kind extends RoomNames<C> & string, State>(
    room: Kind,
    id: string,
    state: LoadedState<C, Kind, State>,
  ): State | undefined;
  /** Who is in a room, and what they do there; takes part in it as `useChannel` does. The contract declares its `presence`. */
  usePresence<Kind extends RoomNames<C> & string>(
    room: Kind,
    id: string,
  ): PresenceHandle<PresenceOf<C, Kind>>;
}

/** Where the components of a contract find its client. */
type ContractContext<C extends Contract> = Context<ClientLink<ContractClient<C>> | undefined>;

const useContractLink = <C extends Contract>(context: ContractContext<C>) =>
  useLink(context, 'ContractProvider');

/** As `ContractHooks.useEvent`. */
function useEventOf<C extends Contract, Name extends EventName<C>>(
  client: ContractClient<C>,
  event: Name,
  listener: (payload: EventPayload<C, Name>) => void,
): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () => client.on<Name>(event, (payload: EventPayload<C, Name>) => latest.current(payload)),
    [client, event],
  );
}

/** As `ContractHooks.useRequest`. */
function useRequestOf<C extends Contract, Name extends RequestNames<C['clientToServer']>>(
  client: ContractClient<C>,
  event: Name,
): RequestHandle<C, Name> {
  const { run, isPending, data, error } = useCalls<RequestReply<C, Name>>();
  const request = useCallback(
    (...args: RequestArguments<RequestPayload<C, Name>, CallOptions>) =>
      run(() => client.request(event, ...args)),
    [client, event, run],
  );
  // Which codes a server answers with is known to the contract alone.
  return useStable({ request, isPending, data, error }) as RequestHandle<C, Name>;
}

/**
 * The React bindings of a contract, typed by it: once for an application, in a module that its components import. Clients
 * of its provider have the option `channels`.
 *
 * @example
 * export const { ContractProvider, useRequest, useChannelState } = createContractHooks(board);
 */
export function createContractHooks<C extends Contract>(contract: C): ContractHooks<C> {
  const context: ContractContext<C> = createContext<ClientLink<ContractClient<C>> | undefined>(undefined);
  return {
    ContractProvider: createProvider(context, (url, options: ContractClientOptions) =>
      createContractClient(url, contract, { ...options, channels }),
    ),
    useClient: () => useContractLink(context).client,
    useConnection: () => useConnectionOf(useContractLink(context)),
    useEvent: (event, listener) => useEventOf(useContractLink(context).client, event, listener),
    useRequest: (event) => useRequestOf(useContractLink(context).client, event),
    useChannel: (room, id) => useRoom(useContractLink(context).client, room, id),
    useChannelState: <Kind extends RoomNames<C> & string, State>(
      room: Kind,
      id: string,
      state: ReducedState<C, Kind, State> | LoadedState<C, Kind, State>,
    ) => useRoomState(useContractLink(context).client, room, id, state),
    usePresence: (room, id) => useRoomPresence(useContractLink(context).client, room, id),
  };
}
