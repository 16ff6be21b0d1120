import { ListenerSet } from './listener-set';

/** One event of the server, checked against the contract. */
export interface IncomingEvent {
  readonly event: string;
  readonly payload: unknown;
}

/** Listeners by the name of the event they listen to. */
export class EventHub {
  readonly #listeners = new Map<string, ListenerSet<unknown>>();
  readonly #all = new ListenerSet<IncomingEvent>();

  /** Calls `listener` with every payload of `event`; returns the function that stops it. */
  on(event: string, listener: (payload: never) => void): () => void {
    const set = this.#listeners.get(event) ?? new ListenerSet<unknown>();
    this.#listeners.set(event, set);
    return set.add(toPayloadListener(listener));
  }

  /** Stops what {@link on} started. */
  off(event: string, listener: (payload: never) => void): void {
    this.#listeners.get(event)?.remove(toPayloadListener(listener));
  }

  /** Calls `listener` with every event, after those who listen to it alone. */
  onAny(listener: (incoming: IncomingEvent) => void): void {
    this.#all.add(listener);
  }

  /** Calls those who listen to this event. */
  emit(incoming: IncomingEvent): void {
    this.#listeners.get(incoming.event)?.notify(incoming.payload);
    this.#all.notify(incoming);
  }
}

/**
 * The one place where a payload gets the type its listener declares: a listener is added under the name
 * of an event, and whatever is emitted under that name was checked against the schema of that event.
 */
const toPayloadListener = (listener: (payload: never) => void) => listener as (payload: unknown) => void;
