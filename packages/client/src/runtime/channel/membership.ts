import type { SessionNames } from '@wirepact/contract/runtime';
import { type ClientError, createClientError, toClientError } from '../base/client-errors';
import type { IncomingEvent } from '../base/event-hub';
import { Gate } from '../base/gate';
import { createObservable, type Observable } from '../base/observable';
import type { Connection } from '../connection/connection';
import { Outbox } from '../outbox/outbox';
import type { OutboxDeps } from '../outbox/outbox-deps';
import { type LazyPresence, openPresence } from '../presence/lazy-presence';
import type { Presence } from '../presence/presence';
import type { ContractCheck } from '../request/contract-check';
import type { DeliveryOptions, Requester } from '../request/request';
import {
  acceptEvent,
  beginEntering,
  type ChannelMachine,
  finishEntering,
  isWhole,
  type JournalEvent,
  NEW_CHANNEL,
  type Position,
  type Step,
  stopPassing,
  toPosition,
} from './channel-machine';
import { type ChannelState, isOut } from './channel-state';
import type { Member } from './memberships';

type Status = ChannelState['status'];

/** Where a membership stands: at `First` until it was entered. */
export interface MembershipState<First extends Status> extends ChannelState<ClientError> {
  readonly status: First | Exclude<Status, 'joining'>;
}

/** What a server answers to a join, as far as the machine reads it. */
export interface JoinReply {
  readonly epoch?: string | undefined;
  readonly seq?: number | undefined;
  /** Whether what happened after the place that was named was sent before this answer. */
  readonly recovered?: boolean | undefined;
}

/**
 * Asks the server to be let in; it sends what happened after `resume` before it answers. Where none is named, or not all
 * of that came, what is known is replaced.
 */
type AskToJoin<Reply extends JoinReply> = (resume: Position | undefined) => Promise<Reply>;

/** What the memberships of a client have in common. */
export interface MembershipDeps {
  readonly connection: Connection;
  readonly requester: Requester;
  readonly check: ContractCheck;
  /** Has a room entered again, as events are missing. */
  readonly onGap: (member: Member) => void;
}

/** What is sent to a room, and how. */
export interface RoomSends<Send, Receipt>
  extends Pick<OutboxDeps<Send, Receipt>, 'keyOf' | 'eventOf' | 'maxSends' | 'events'> {
  /** Sends once; what is sent was checked. */
  readonly deliver: (send: Send, options: DeliveryOptions) => Promise<Receipt>;
}

/** The room that a membership is of. */
export interface Room<First extends Status> {
  /** The kind of room. */
  readonly kind: string;
  readonly id: string;
  /** How what is asked about presence names the room. */
  readonly address: object;
  readonly names: Pick<SessionNames, 'watchPresence' | 'updatePresence' | 'presenceChanged'>;
  /** Where the membership stands until it was entered. */
  readonly first: First;
}

/**
 * This client's membership of one room: enters it, again after every reconnect, and does what the machine of the channel
 * says.
 */
export abstract class Membership<Reply extends JoinReply, First extends Status> implements Member {
  readonly #state;
  #machine: ChannelMachine = NEW_CHANNEL;
  #newest: Promise<void> | undefined;
  #presence: LazyPresence | undefined;
  /** Open once the server has answered: what is sent before may need this client to be in the room. */
  readonly #entered = new Gate();

  /** Where it stands. */
  readonly state: Observable<MembershipState<First>>;

  readonly #room: Room<First>;
  readonly #deps: MembershipDeps;

  protected constructor(room: Room<First>, deps: MembershipDeps) {
    this.#room = room;
    this.#deps = deps;
    this.#state = createObservable<MembershipState<First>>({ status: room.first });
    this.state = this.#state;
  }

  /** The last event that was applied. */
  protected abstract readonly position: Position | undefined;
  /** What waits to be sent. */
  protected abstract readonly outbox: Pick<Outbox<unknown, unknown>, 'close' | 'abandon'>;
  /** Asks the server to be let in, which sends what happened after `resume` before it answers. */
  protected abstract ask(resume: Position | undefined, options: DeliveryOptions): Promise<Reply>;
  /** Applies a durable event: the next one, or one without a number. */
  protected abstract apply(event: JournalEvent): void;
  /**
   * What was missed up to a place cannot be told: gets what takes the place of all that is known; what it resolves to puts
   * it in.
   */
  protected abstract replace(at: Position, signal: AbortSignal): Promise<() => void>;
  /** Takes the answer to a join: everything up to `at` is applied. */
  protected abstract admit(reply: Reply, at: Position | undefined): void;
  /** Passes on an event that is in no journal. */
  protected abstract emit(event: IncomingEvent): void;

  /** Does much at once: what was missed may be thousands of events. */
  protected batch(work: () => void): void {
    work();
  }

  get isOut(): boolean {
    return isOut(this.state.get());
  }

  /**
   * Enters the room. Afterwards everything up to the place that the server answers with is applied, and it goes on from
   * there. The signal ends what is asked besides.
   */
  protected enter(ask: AskToJoin<Reply>, signal: AbortSignal): Promise<void> {
    const entering = this.#tryToEnter(ask, signal);
    this.#newest = entering;
    return entering;
  }

  resume(signal: AbortSignal): Promise<void> {
    // It ends with the connection: a listener of each channel at the session's signal would be more than Node takes for right.
    return this.enter((resume) => this.ask(resume, { restoring: true }), signal);
  }

  suspend(): void {
    if (this.state.get().status === 'joined') this.setState({ status: 'rejoining' });
  }

  fail(error: ClientError, willRetry: boolean): void {
    if (this.isOut) return;
    const status = this.position ? 'rejoining' : this.#room.first;
    this.setState({ status: willRetry ? status : 'failed', error });
  }

  /** Takes an event of the room as it comes. */
  deliver(event: IncomingEvent, isDurable: boolean): void {
    if (!isDurable) this.emit(event);
    else {
      const at = toPosition(Object(event.payload));
      this.#follow(acceptEvent(this.#machine, { ...event, at }, this.position));
    }
  }

  /**
   * Who is in the room, as somebody sees it who holds it; made when it is first asked for.
   * @throws WirepactError `INVALID_OPTIONS` where the contract declares no presence for such rooms
   */
  presenceOf(holder: object): Presence<unknown> {
    const { kind, address, names } = this.#room;
    const { requester, check } = this.#deps;
    this.#presence ??= openPresence(kind, {
      channel: this.state,
      check,
      names,
      ask: (event, payload) => requester.send(event, { ...address, ...payload }, { restoring: true }),
    });
    return this.#presence.of(holder);
  }

  /** Ends what somebody said of itself who holds the room no longer. */
  protected releasePresence(holder: object): void {
    this.#presence?.release(holder);
  }

  /** Takes what the server tells of who is in the room. */
  deliverPresence(change: unknown): void {
    this.#presence?.deliver(change);
  }

  /** Notes that the server has taken this client out. */
  remove(reason: string, message: string): void {
    this.setState({ status: 'removed', error: toClientError(reason, message) }, false);
  }

  /** Ends it with its client: what waits to be sent is rejected. */
  close(error: ClientError): void {
    this.outbox.close(error);
    this.setState({ status: 'closed', error }, false);
  }

  /** Ends it as this client wants it: what waits to be sent is rejected and forgotten. */
  protected end(): void {
    this.outbox.abandon(this.leftError());
    this.setState({ status: 'left' }, false);
  }

  /** What is asked of a channel that was left fails with this. */
  leftError(): ClientError {
    const { kind, id } = this.#room;
    return createClientError('CHANNEL_LEFT', `This client has left ${kind} ${id}.`);
  }

  /** What is sent to the room: it waits for the connection, and for the room to be entered for the first time. */
  protected createOutbox<Send, Receipt>({
    deliver,
    ...sends
  }: RoomSends<Send, Receipt>): Outbox<Send, Receipt> {
    const { requester, connection } = this.#deps;
    const entered = this.#entered;
    const findObstacle = () => {
      const { error } = this.#state.get();
      const reason = `${this.#room.kind} is not joined yet${error ? `: ${error.message}` : '.'}`;
      return { reason, cause: error };
    };
    return new Outbox({
      ...sends,
      ready: async (signal) => {
        await requester.ready(signal, { whileDisconnected: true });
        await entered.pass(signal);
      },
      isReady: () => requester.isReady && entered.isOpen,
      findObstacle: () => requester.obstacle ?? (entered.isOpen ? undefined : findObstacle()),
      // The outbox itself sends again, and counts how often it had to.
      deliver: (send, signal, suspect) => deliver(send, { signal, suspect, checked: true, resend: false }),
      createBackoff: () => connection.createBackoff(),
    });
  }

  /** Changes where it stands; where it does not go on, nothing more is passed on. What is over stays over. */
  protected setState(state: MembershipState<First>, goesOn = true): void {
    const { status } = this.#state.get();
    if (status === 'left' || status === 'closed') return;
    if (!goesOn) this.#machine = stopPassing(this.#machine);
    this.#state.set(state);
    if (state.status !== this.#room.first) this.#entered.open();
  }

  async #tryToEnter(ask: AskToJoin<Reply>, signal: AbortSignal): Promise<void> {
    this.#machine = beginEntering(this.#machine);
    const { attempt } = this.#machine;
    const known = this.position;
    const reply = await ask(known);
    // Another attempt began meanwhile, on a later connection: what that one makes of the channel stands.
    if (attempt !== this.#machine.attempt) return this.#newest;
    const at = toPosition(reply);
    const isReplaced = at && known && !isWhole(this.#machine, at, reply.recovered, known);
    const replace = isReplaced ? await this.replace(at, signal) : undefined;
    if (attempt !== this.#machine.attempt) return this.#newest;
    this.batch(() => {
      replace?.();
      this.#follow(finishEntering(this.#machine, at, this.position), () => {
        this.admit(reply, at);
        this.setState({ status: 'joined' });
      });
    });
  }

  #follow([machine, effects]: Step, onEntered?: () => void): void {
    this.#machine = machine;
    for (const effect of effects) {
      if (effect.type === 'apply') this.apply(effect.event);
      else if (effect.type === 'gap') this.#deps.onGap(this);
      else onEntered?.();
      // A listener may have left the channel, or entered it anew.
      const { attempt, isLive } = this.#machine;
      if (attempt !== machine.attempt || (machine.isLive && !isLive)) return;
    }
  }
}
