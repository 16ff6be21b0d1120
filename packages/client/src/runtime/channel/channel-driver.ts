import { createObservable, type Observable } from '../base/observable';
import {
  type ChannelInput,
  type ChannelMachine,
  createChannelMachine,
  isWhole,
  type JournalEvent,
  type Position,
  stepChannel,
  toPosition,
} from './channel-machine';
import type { ChannelState } from './channel-state';

/** What a server answers to a join, as far as the machine reads it. */
export interface JoinReply {
  readonly epoch?: string | undefined;
  readonly seq?: number | undefined;
  /** Whether what happened after the place that was named was sent before this answer. */
  readonly recovered?: boolean | undefined;
}

/** How to enter a channel. */
export interface EntranceOptions<Reply extends JoinReply> {
  /** Asks the server, which sends what happened after `resume` before it answers. */
  readonly ask: (resume: Position | undefined) => Promise<Reply>;
  /** Whether to ask for what was missed; otherwise what is known is replaced. */
  readonly resumes: boolean;
  /** Ends what is asked besides. */
  readonly signal: AbortSignal;
}

/** What a {@link ChannelDriver} does to its channel. */
export interface DriverDeps<Reply extends JoinReply> {
  /** The last event that was applied. */
  readonly position: () => Position | undefined;
  /** Applies an event: the next one, or one without a number. */
  readonly apply: (event: JournalEvent) => void;
  /**
   * What was missed up to a place cannot be told: gets what takes the place of all that is known; what it resolves to puts
   * it in.
   */
  readonly replace: (at: Position, signal: AbortSignal) => Promise<() => void>;
  /** Notes that the channel was entered: everything up to the answer is applied. */
  readonly enter: (reply: Reply, at: Position | undefined) => void;
  /** Has the channel entered again, as events are missing. */
  readonly onGap: () => void;
  /** Does much at once. */
  readonly batch: (work: () => void) => void;
}

/** Runs the machine of one channel: asks the server to be let in, and does what the machine says. */
export class ChannelDriver<Reply extends JoinReply, State extends ChannelState> {
  readonly #current;
  #machine: ChannelMachine<State>;
  #newest: Promise<void> | undefined;

  /** Where the channel stands. */
  readonly state: Observable<State>;

  readonly #deps: DriverDeps<Reply>;

  constructor(initial: State, deps: DriverDeps<Reply>) {
    this.#deps = deps;
    this.#machine = createChannelMachine(initial);
    this.#current = createObservable(initial);
    this.state = this.#current;
  }

  /**
   * Enters the channel. Afterwards everything up to the place that the server answers with is applied, and it goes on
   * from there.
   */
  enter(options: EntranceOptions<Reply>): Promise<void> {
    const entering = this.#tryToEnter(options);
    this.#newest = entering;
    return entering;
  }

  /** Takes an event of the channel as it comes. */
  deliver(event: JournalEvent): void {
    this.#step({ type: 'event', event });
  }

  /** Changes where the channel stands; where it does not go on, nothing more is passed on. What is over stays over. */
  setState(state: State, goesOn = true): void {
    const { status } = this.#current.get();
    if (status === 'left' || status === 'closed') return;
    this.#step({ type: 'state', state, goesOn });
    this.#current.set(state);
  }

  async #tryToEnter({ ask, resumes, signal }: EntranceOptions<Reply>): Promise<void> {
    const deps = this.#deps;
    this.#step({ type: 'enter' });
    const { attempt } = this.#machine;
    const known = deps.position();
    const reply = await ask(resumes ? known : undefined);
    // Another attempt began meanwhile, on a later connection: what that one makes of the channel stands.
    if (attempt !== this.#machine.attempt) return this.#newest;
    const at = toPosition(reply);
    const isReplaced = at && known && !isWhole(this.#machine, at, reply.recovered, known);
    const replace = isReplaced ? await deps.replace(at, signal) : undefined;
    if (attempt !== this.#machine.attempt) return this.#newest;
    // What was missed may be thousands of events: whoever watches is told once of all of them.
    deps.batch(() => {
      replace?.();
      this.#step({ type: 'entered', at }, () => deps.enter(reply, at));
    });
  }

  #step(input: ChannelInput<State>, onEntered?: () => void): void {
    const deps = this.#deps;
    const [machine, effects] = stepChannel(this.#machine, input, deps.position());
    this.#machine = machine;
    for (const effect of effects) {
      if (effect.type === 'apply') deps.apply(effect.event);
      else if (effect.type === 'gap') deps.onGap();
      else onEntered?.();
      // A listener may have left the channel, or entered it anew.
      const { attempt, isLive } = this.#machine;
      if (attempt !== machine.attempt || (machine.isLive && !isLive)) return;
    }
  }
}
