import type { Contract, RoomNames } from '@wirepact/contract/runtime';
import { type ClientError, closedError, invalidOptions } from '../base/client-errors';
import { EventHub, type IncomingEvent } from '../base/event-hub';
import { suggestName } from '../base/nearest-name';
import { createObservable } from '../base/observable';
import type { Presence } from '../presence/presence';
import type { ClientCore } from '../request/client-core';
import type { Channel, ChannelSendOptions } from './channel';
import type { ChannelState } from './channel-state';
import type { Snapshot } from './reduction';
import { RoomChannels } from './room-channels';
import type { Holder } from './room-member';

/** The channels of a client. */
export interface Channels {
  /** As `ContractClient.channel`. */
  channel<C extends Contract, Kind extends RoomNames<C> & string>(room: Kind, id: string): Channel<C, Kind>;
  /** Rejects what waits with `reason`. */
  close(reason: ClientError): void;
}

/** What a client has channels by: the option `channels` of `createContractClient`. */
export type ChannelsPart = (core: ClientCore) => Channels;

type Reducer<State> = (state: State, event: IncomingEvent) => State;

/**
 * Refuses a room of no kind that the contract has.
 * @throws WirepactError `INVALID_OPTIONS`
 */
function checkRoom({ name, serverToClient }: Contract, room: string, id: unknown): void {
  const rooms = Object.values(serverToClient).flatMap((event) => event.room?.name ?? []);
  if (!rooms.includes(room))
    throw invalidOptions(`${name} has no room "${room}". ${suggestName(room, rooms)}`);
  if (typeof id !== 'string' || id === '')
    throw invalidOptions(`channel("${room}", …): the id must be a string that is not empty.`);
}

/** Takes part in rooms for a client. */
class RoomHolders implements Channels {
  /** Made with the first channel: clients without one have no rooms to keep up. */
  #rooms: RoomChannels | undefined;

  readonly #core: ClientCore;

  constructor(core: ClientCore) {
    this.#core = core;
  }

  channel<C extends Contract, Kind extends RoomNames<C> & string>(room: Kind, id: string): Channel<C, Kind> {
    if (this.#core.connection.closed) throw closedError();
    checkRoom(this.#core.check.contract, room, id);
    // What is asked of it and told by it is checked against the contract, under the names it is asked for.
    return this.#create(room, id) as unknown as Channel<C, Kind>;
  }

  close(reason: ClientError): void {
    this.#rooms?.close(reason);
  }

  #create(room: string, id: string) {
    const { check } = this.#core;
    const state = createObservable<ChannelState<ClientError>>({ status: 'joining' });
    const holder: Holder = { state, hub: new EventHub(), reductions: new Set() };
    this.#rooms ??= new RoomChannels(this.#core);
    const { send, reduce: follow, presence: present, release } = this.#rooms.open(room, id, holder);
    const reduceFrom = <State>(
      reduce: Reducer<State>,
      load: (signal: AbortSignal) => Promise<Snapshot<State>>,
      initial?: { readonly state: State },
    ) => {
      if (typeof reduce !== 'function') throw invalidOptions('reduce: the reducer must be a function.');
      const value = createObservable<State | undefined>(initial?.state);
      follow(reduce, load, value, initial);
      return value;
    };
    let presence: Presence<unknown> | undefined;
    return {
      room,
      id,
      state,
      reduceFrom,
      get presence() {
        presence ??= present();
        return presence;
      },
      on(event: string, listener: (payload: never) => void) {
        check.listening(event, listener);
        if (check.incomingEvent(event)?.room?.name === room) return holder.hub.on(event, listener);
        const text = `on("${event}", …): this event belongs to no ${room}. Use \`on\` of the client.`;
        throw invalidOptions(text);
      },
      off: (event: string, listener: (payload: never) => void) => holder.hub.off(event, listener),
      send: async (event: string, payload: unknown, options: ChannelSendOptions<IncomingEvent> = {}) =>
        send(event, payload, options),
      reduce: <State>(reducer: Reducer<State>, initial: State) =>
        reduceFrom(reducer, async () => ({ state: initial }), { state: initial }),
      release,
    };
  }
}

/**
 * Gives a client its channels, as an option: apart from it, so that a page whose contract has no rooms does not load them.
 *
 * @example
 * const client = createContractClient('https://example.org', board, { channels });
 * const channel = client.channel('board', boardId);
 */
export const channels: ChannelsPart = (core) => new RoomHolders(core);
