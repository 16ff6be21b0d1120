import { asClientError } from '../base/client-errors';
import { pause } from '../base/deadline';
import type { IncomingEvent } from '../base/event-hub';
import type { WritableObservable } from '../base/observable';
import { reportUncaught } from '../base/report-uncaught';
import type { Backoff } from '../connection/backoff';
import { isBehind, type JournalEvent, type Position, toPosition } from './channel-machine';

/** What is known of a room at a place of its journal. */
export interface Snapshot<State> {
  readonly state: State;
  /** Names the life of the journal; with `seq`, events up to there are part of the state. */
  readonly epoch?: string | undefined;
  /** Left out where the server does not say: then no event that comes is part of the state. */
  readonly seq?: number | undefined;
}

/** An event that a send is expected to cause. */
export interface Expectation extends IncomingEvent {
  /** Names the send. */
  readonly key: string;
  /** Whether the server has taken the send: what is left to come is its event. */
  isSent: boolean;
  /** Whether its event may be part of the state already: then it does not come once the server has taken the send. */
  readonly mayBePast: boolean;
}

/** What follows the events of a room. */
export interface Follower {
  /** Whether it has begun, and was not refused what it begins with. */
  readonly isStarted: boolean;
  /** Begins with what there is now. */
  start(): void;
  apply(event: JournalEvent): void;
  /** Is told that other events are expected. */
  update(): void;
  end(): void;
}

/** What a state is made of. */
export interface ReductionOptions<State> {
  readonly reduce: (state: State, event: IncomingEvent) => State;
  /** Asks for the state as it is now. */
  readonly load: (signal: AbortSignal) => Promise<Snapshot<State>>;
  /** Events that are expected, in the order they will come. */
  readonly expected: () => readonly IncomingEvent[];
  /** Is told the state. */
  readonly value: WritableObservable<State | undefined>;
  /** Delays between attempts to load. */
  readonly createBackoff: () => Backoff;
}

/** A state made of the events of a room, with those that are expected on top. */
export class Reduction<State> implements Follower {
  /** The state of all that has happened; `undefined` until it is loaded. */
  #confirmed: { readonly state: State } | undefined;
  /** Where the room was when the state was loaded: events up to there may come later. */
  #loadedAt: Position | undefined;
  /** What has happened since the load under way began. */
  #waiting: JournalEvent[] | undefined;
  #stop = new AbortController();
  isStarted = false;

  readonly #options: ReductionOptions<State>;

  constructor(options: ReductionOptions<State>, initial?: { readonly state: State }) {
    this.#options = options;
    this.#confirmed = initial;
    this.update();
  }

  /** Starts with the state as it is now: at first, and where what was missed cannot be told. */
  start(): void {
    this.end();
    this.isStarted = true;
    this.#stop = new AbortController();
    this.#waiting = [];
    this.#load(this.#stop.signal).catch(reportUncaught);
  }

  /** Loads no more. */
  end(): void {
    this.#stop.abort();
  }

  /** Adds what has happened. */
  apply(event: JournalEvent): void {
    if (this.#waiting) this.#waiting.push(event);
    else this.#add([event]);
  }

  /** Says what the state is with what is expected now. */
  update(): void {
    const { expected } = this.#options;
    const confirmed = this.#confirmed;
    if (confirmed) this.#options.value.set(this.#reduce(confirmed.state, expected()));
  }

  #add(events: readonly JournalEvent[]): void {
    if (!this.#confirmed) return;
    const added = events.filter(({ at }) => !isBehind(at, this.#loadedAt));
    this.#confirmed = { state: this.#reduce(this.#confirmed.state, added) };
  }

  /** The state after events. One that the reducer throws at changes nothing, and keeps nobody from hearing it. */
  #reduce(state: State, events: readonly IncomingEvent[]): State {
    let reduced = state;
    for (const event of events)
      try {
        reduced = this.#options.reduce(reduced, event);
      } catch (cause) {
        reportUncaught(cause);
      }
    return reduced;
  }

  async #load(signal: AbortSignal): Promise<void> {
    const backoff = this.#options.createBackoff();
    while (!signal.aborted) {
      try {
        const snapshot = await this.#options.load(signal);
        if (!signal.aborted) this.#begin(snapshot);
        return;
      } catch (cause) {
        const error = asClientError(cause);
        if (signal.aborted) return;
        if (!error.retryable) {
          // It is asked again once the room is entered again; nothing waits for it until then.
          this.isStarted = false;
          this.#waiting = undefined;
          throw cause;
        }
        await pause(backoff.nextDelayMs(error.retryAfterMs), signal);
      }
    }
  }

  #begin(snapshot: Snapshot<State>): void {
    const waiting = this.#waiting ?? [];
    this.#loadedAt = toPosition(snapshot);
    this.#waiting = undefined;
    this.#confirmed = { state: snapshot.state };
    this.#add(waiting);
    this.update();
  }
}
