import type { SessionNames } from '@wirepact/contract/runtime';
import { type ClientError, createClientError, toClientError } from '../base/client-errors';
import type { Obstacle } from '../base/deadline';
import type { EventHub, IncomingEvent } from '../base/event-hub';
import { Gate } from '../base/gate';
import { isRecord } from '../base/is-record';
import type { WritableObservable } from '../base/observable';
import type { Connection } from '../connection/connection';
import { Outbox } from '../outbox/outbox';
import type { OutboxDeadline } from '../outbox/outbox-deps';
import { type LazyPresence, openPresence } from '../presence/lazy-presence';
import type { ContractCheck } from '../request/contract-check';
import type { Requester } from '../request/request';
import { ChannelDriver, type JoinReply } from './channel-driver';
import { type JournalEvent, type Position, toPosition } from './channel-machine';
import { type ChannelState, isOut } from './channel-state';
import type { Member } from './memberships';
import type { Expectation, Follower } from './reduction';

/** What the channels of a client have in common. */
export interface RoomDeps {
  readonly names: SessionNames;
  readonly connection: Connection;
  readonly requester: Requester;
  readonly check: ContractCheck;
  /** Has a channel entered again, as events are missing. */
  readonly onGap: (member: RoomMember) => void;
}

/** One event on its way to a room. */
export interface RoomSend extends IncomingEvent {
  /** Names the send, the same for every attempt. */
  readonly key: string;
  /** Whether the application has named it: it may repeat a send of the past. */
  readonly isNamed: boolean;
  /** The event it is expected to cause. */
  readonly expects?: IncomingEvent | undefined;
}

/** Somebody who holds a channel, with what it hears and the states it looks at. */
export interface Holder {
  readonly state: WritableObservable<ChannelState<ClientError>>;
  readonly hub: EventHub;
  readonly reductions: Set<Follower>;
}

/** Sends of one channel that wait or have failed, at most. */
const MAX_SENDS = 100;

/** This client's membership of one room, which all of its holders share. */
export class RoomMember implements Member {
  readonly #driver: ChannelDriver<JoinReply, ChannelState<ClientError>>;
  readonly #outbox: Outbox<RoomSend, unknown>;
  /** Open once the server has answered: what is sent before may need this client to be in the room. */
  readonly #entered = new Gate();
  #position: Position | undefined;
  #expected: Expectation[] = [];
  #presence: LazyPresence | undefined;
  /** Those who hold it: this client is in the room for them. */
  readonly holders = new Set<Holder>();

  readonly #deps: RoomDeps;

  constructor(
    readonly address: { readonly room: string; readonly id: string },
    deps: RoomDeps,
  ) {
    this.#deps = deps;
    this.#driver = new ChannelDriver<JoinReply, ChannelState<ClientError>>(
      { status: 'joining' },
      {
        position: () => this.#position,
        apply: (event) => this.#apply(event),
        replace: async (at) => () => this.#replace(at),
        enter: (_, at) => this.#admit(at),
        onGap: () => deps.onGap(this),
        batch: (work) => work(),
      },
    );
    this.#outbox = this.#createOutbox();
    this.state.subscribe(({ status }) => {
      if (status !== 'joining') this.#entered.open();
    });
  }

  /** Where it stands. */
  get state() {
    return this.#driver.state;
  }

  /** Events that are expected, in the order they will come. */
  get expectations(): readonly Expectation[] {
    return this.#expected;
  }

  get isOut(): boolean {
    return isOut(this.state.get());
  }

  suspend(): void {
    if (this.state.get().status === 'joined') this.#driver.setState({ status: 'rejoining' });
  }

  fail(error: ClientError, willRetry: boolean): void {
    if (this.isOut) return;
    const status = this.#position ? 'rejoining' : 'joining';
    this.#driver.setState({ status: willRetry ? status : 'failed', error });
  }

  resume(signal: AbortSignal): Promise<void> {
    const { requester, names } = this.#deps;
    const ask = async (resume: Position | undefined): Promise<JoinReply> => {
      const payload = { ...this.address, ...(resume && { resume }) };
      const reply = await requester.send(names.join, payload, { signal, restoring: true });
      return isRecord(reply) ? { ...toPosition(reply), recovered: reply.recovered === true } : {};
    };
    return this.#driver.enter({ ask, resumes: true, signal });
  }

  /** Takes an event of the room as it comes. */
  deliver(event: IncomingEvent, isDurable: boolean): void {
    if (isDurable) this.#driver.deliver({ ...event, at: toPosition(Object(event.payload)) });
    else this.#emit(event);
  }

  /**
   * Who is in the room; made when it is first asked for.
   * @throws WirepactError `INVALID_OPTIONS` where the contract declares no presence for such rooms
   */
  get presence(): LazyPresence {
    this.#presence ??= this.#createPresence();
    return this.#presence;
  }

  /** Takes what the server tells of who is in the room. */
  deliverPresence(change: unknown): void {
    this.#presence?.deliver(change);
  }

  /** Notes that the server has taken this client out. */
  remove(reason: string, message: string): void {
    this.#driver.setState({ status: 'removed', error: toClientError(reason, message) }, false);
  }

  /** Notes that the room is over. */
  delete(): void {
    this.#driver.setState({ status: 'deleted' }, false);
  }

  /** Is about to enter again, where the server has taken this client out or the room is over. */
  joinAnew(): void {
    this.#driver.setState({ status: 'joining' }, false);
  }

  /** Ends it with its client. */
  close(error: ClientError): void {
    this.#outbox.close(error);
    this.#end({ status: 'closed', error });
  }

  /** Leaves the room: what waits to be sent is rejected. */
  leave(): void {
    this.#outbox.abandon(this.leftError());
    this.#end({ status: 'left' });
  }

  /** Holds it for somebody; returns what lets go of it, and calls `onEmpty` where nobody holds it any more. */
  hold(holder: Holder, onEmpty: () => void): () => void {
    this.holders.add(holder);
    holder.state.set(this.state.get());
    const unwatch = this.state.subscribe((state) => holder.state.set(state));
    return () => {
      if (!this.holders.delete(holder)) return;
      unwatch();
      for (const reduction of holder.reductions) reduction.end();
      this.#presence?.release(holder);
      if (!this.isOut) holder.state.set({ status: 'left' });
      if (this.holders.size === 0) onEmpty();
    };
  }

  /** Adds a state that somebody looks at. */
  follow({ reductions }: Holder, reduction: Follower): void {
    reductions.add(reduction);
    if (this.state.get().status === 'joined') reduction.start();
  }

  /** Puts a send behind those that wait, and gives the data of its reply. */
  send(send: RoomSend, deadline: OutboxDeadline): Promise<unknown> {
    return this.#outbox.send(send, deadline);
  }

  /** What is asked of a channel that was let go of fails with this. */
  leftError(): ClientError {
    const { room, id } = this.address;
    return createClientError('CHANNEL_LEFT', `This client has left ${room} ${id}.`);
  }

  #end(state: ChannelState<ClientError>): void {
    this.#driver.setState(state, false);
    for (const reduction of this.#reductions()) reduction.end();
  }

  #apply({ event, payload, at }: JournalEvent): void {
    this.#position = at ?? this.#position;
    const key = this.#keyOf(event, payload);
    for (const reduction of this.#reductions()) reduction.apply({ event, payload, at });
    if (key !== undefined) this.#outbox.confirm(key);
    this.#expect(this.#expected.filter((one) => one.key !== key));
    this.#emit({ event, payload });
  }

  /** What an event calls the send that caused it; `undefined` where it names none. */
  #keyOf(event: string, payload: unknown): string | undefined {
    const { key } = this.#deps.check.incomingEvent(event) ?? {};
    const named = key !== undefined && isRecord(payload) ? payload[key] : undefined;
    return typeof named === 'string' ? named : undefined;
  }

  #emit(incoming: IncomingEvent): void {
    for (const { hub } of [...this.holders]) hub.emit(incoming);
  }

  #reductions(): Follower[] {
    return [...this.holders].flatMap(({ reductions }) => [...reductions]);
  }

  #admit(at: Position | undefined): void {
    this.#position = at;
    // Some were added while the channel was being entered.
    for (const reduction of this.#reductions()) if (!reduction.isStarted) reduction.start();
    this.#driver.setState({ status: 'joined' });
  }

  /** What was missed cannot be told: whatever has been sent is part of what is there now. */
  #replace(at: Position): void {
    this.#position = at;
    this.#expected = this.#expected
      .filter(({ isSent }) => !isSent)
      .map((expectation) => ({ ...expectation, mayBePast: true }));
    for (const reduction of this.#reductions()) reduction.start();
  }

  #expect(expected: Expectation[]): void {
    this.#expected = expected;
    for (const reduction of this.#reductions()) reduction.update();
  }

  #takeBack({ key }: RoomSend): void {
    this.#expect(this.#expected.filter((one) => one.key !== key));
  }

  #findObstacle(): Obstacle | undefined {
    return this.#entered.isOpen ? undefined : { reason: `${this.address.room} is not joined yet.` };
  }

  #createPresence(): LazyPresence {
    const { address } = this;
    const { requester, check, names } = this.#deps;
    return openPresence({
      room: address.room,
      channel: this.state,
      check,
      names,
      ask: (event, payload) => requester.send(event, { ...address, ...payload }, { restoring: true }),
    });
  }

  #createOutbox(): Outbox<RoomSend, unknown> {
    const { connection, requester, check } = this.#deps;
    return new Outbox<RoomSend, unknown>({
      keyOf: ({ key }) => key,
      eventOf: ({ event }) => event,
      ready: async (signal) => {
        await requester.ready(signal, { whileDisconnected: true });
        await this.#entered.pass(signal);
      },
      isReady: () => requester.isReady && this.#entered.isOpen,
      findObstacle: () => requester.obstacle ?? this.#findObstacle(),
      deliver: ({ event, payload }, signal, suspect) =>
        requester.send(event, payload, { signal, suspect, checked: true, resend: false }),
      createBackoff: () => connection.createBackoff(),
      maxSends: MAX_SENDS,
      events: {
        queued: ({ key, isNamed, expects }) => {
          const expectation = expects && { ...expects, key, isSent: false, mayBePast: isNamed };
          if (expectation) this.#expect([...this.#expected, expectation]);
        },
        sent: (send) => {
          const expectation = this.#expected.find(({ key }) => key === send.key);
          if (!expectation) return;
          expectation.isSent = true;
          // It may never come, or nothing would tell which event it is.
          if (expectation.mayBePast || !check.incomingEvent(expectation.event)?.key) this.#takeBack(send);
        },
        // Whoever sent it knows, and sends it again or not.
        failed: ({ key }) => this.#outbox.discard(key),
        discarded: (send) => this.#takeBack(send),
        lost: () => {},
        waiting: () => {},
      },
    });
  }
}
