import type { Contract, RoomNames } from '@wirepact/contract/runtime';
import { asClientError, type ClientError, closedError, createClientError } from '../base/client-errors';
import { EventHub, type IncomingEvent } from '../base/event-hub';
import { LazyPart } from '../base/lazy-part';
import { createObservable } from '../base/observable';
import type { ClientCore } from '../request/client-core';
import type { Channel, ChannelSendOptions } from './channel';
import type { ChannelState } from './channel-state';
import type { Snapshot } from './reduction';
import type { RoomChannels } from './room-channels';
import type { Holder } from './room-member';

type Reducer<State> = (state: State, event: IncomingEvent) => State;

/** The channels of a client. Their code is loaded with the first of them. */
export class LazyChannels {
  readonly #part: LazyPart<RoomChannels>;

  readonly #core: ClientCore;

  constructor(core: ClientCore) {
    this.#core = core;
    this.#part = new LazyPart('takes part in rooms', async () => {
      const { RoomChannels } = await import('./room-channels');
      return new RoomChannels(core);
    });
  }

  /** As `ContractClient.channel`. */
  channel<C extends Contract, Kind extends RoomNames<C> & string>(room: Kind, id: string): Channel<C, Kind> {
    if (this.#core.connection.closed) throw closedError();
    this.#core.check.room(room, id);
    // What is asked of it and told by it is checked against the contract, under the names it is asked for.
    return this.#create(room, id) as unknown as Channel<C, Kind>;
  }

  /** Rejects what waits with `reason`. */
  close(reason: ClientError): void {
    this.#part.loaded?.then((rooms) => rooms.close(reason)).catch(() => {});
  }

  #create(room: string, id: string) {
    const { check } = this.#core;
    const state = createObservable<ChannelState<ClientError>>({ status: 'joining' });
    const holder: Holder = { state, hub: new EventHub(), reductions: new Set() };
    const opening = this.#part.load().then((rooms) => rooms.open(room, id, holder));
    opening.catch((cause: unknown) => {
      const error = asClientError(cause);
      state.set({ status: error.code === 'CLOSED' ? 'closed' : 'failed', error });
    });
    const reduceFrom = <State>(
      reduce: Reducer<State>,
      load: (signal: AbortSignal) => Promise<Snapshot<State>>,
      initial?: { readonly state: State },
    ) => {
      const value = createObservable<State | undefined>(initial?.state);
      // `state` says what went wrong.
      opening.then((channel) => channel.reduce(reduce, load, value, initial)).catch(() => {});
      return value;
    };
    return {
      ...{ room, id, state, reduceFrom },
      on(event: string, listener: (payload: never) => void) {
        check.listening(event, listener);
        if (check.incomingEvent(event)?.room?.name === room) return holder.hub.on(event, listener);
        const text = `on("${event}", …): this event belongs to no ${room}. Use \`on\` of the client.`;
        throw createClientError('INVALID_OPTIONS', text);
      },
      off: (event: string, listener: (payload: never) => void) => holder.hub.off(event, listener),
      send: async (event: string, payload: unknown, options: ChannelSendOptions<IncomingEvent> = {}) =>
        (await opening).send(event, payload, options),
      reduce: <State>(reducer: Reducer<State>, initial: State) =>
        reduceFrom(reducer, async () => ({ state: initial }), { state: initial }),
      release: () => void opening.then((channel) => channel.release()).catch(() => {}),
    };
  }
}
