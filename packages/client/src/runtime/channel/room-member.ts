import { ROOM_NAMES } from '@wirepact/contract/runtime';
import type { ClientError } from '../base/client-errors';
import type { EventHub, IncomingEvent } from '../base/event-hub';
import { isRecord } from '../base/is-record';
import type { WritableObservable } from '../base/observable';
import type { Outbox } from '../outbox/outbox';
import type { OutboxDeadline, OutboxEvents } from '../outbox/outbox-deps';
import type { DeliveryOptions } from '../request/request';
import { type JournalEvent, type Position, toPosition } from './channel-machine';
import type { ChannelState } from './channel-state';
import { type JoinReply, Membership, type MembershipDeps } from './membership';
import type { Expectation, Follower } from './reduction';

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
export class RoomMember extends Membership<JoinReply, 'joining'> {
  protected readonly outbox: Outbox<RoomSend, unknown>;
  #position: Position | undefined;
  #expected: Expectation[] = [];
  /** Those who hold it: this client is in the room for them. */
  readonly holders = new Set<Holder>();

  readonly #deps: MembershipDeps;

  constructor(
    readonly address: { readonly room: string; readonly id: string },
    deps: MembershipDeps,
  ) {
    const { room: kind, id } = address;
    super({ kind, id, address, names: ROOM_NAMES, first: 'joining' }, deps);
    this.#deps = deps;
    this.outbox = this.createOutbox<RoomSend, unknown>({
      keyOf: ({ key }) => key,
      eventOf: ({ event }) => event,
      deliver: ({ event, payload }, options) => deps.requester.send(event, payload, options),
      maxSends: MAX_SENDS,
      events: this.#createEvents(),
    });
  }

  /** Events that are expected, in the order they will come. */
  get expectations(): readonly Expectation[] {
    return this.#expected;
  }

  protected get position(): Position | undefined {
    return this.#position;
  }

  protected async ask(resume: Position | undefined, options: DeliveryOptions): Promise<JoinReply> {
    const { requester } = this.#deps;
    const payload = { ...this.address, ...(resume && { resume }) };
    const reply = await requester.send(ROOM_NAMES.join, payload, options);
    return isRecord(reply) ? { ...toPosition(reply), recovered: reply.recovered === true } : {};
  }

  /** Notes that the room is over. */
  delete(): void {
    this.setState({ status: 'deleted' }, false);
  }

  /** Is about to enter again, where the server has taken this client out or the room is over. */
  joinAnew(): void {
    this.setState({ status: 'joining' }, false);
  }

  override close(error: ClientError): void {
    super.close(error);
    this.#endReductions();
  }

  /** Leaves the room: what waits to be sent is rejected. */
  leave(): void {
    this.end();
    this.#endReductions();
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
      this.releasePresence(holder);
      if (!this.isOut) holder.state.set({ status: 'left' });
      if (this.holders.size === 0) onEmpty();
    };
  }

  /** Adds a state that somebody looks at. */
  follow(holder: Holder, reduction: Follower): void {
    // Who has let go of the room hears nothing of it.
    if (!this.holders.has(holder)) return;
    holder.reductions.add(reduction);
    if (this.state.get().status === 'joined') reduction.start();
  }

  /** Puts a send behind those that wait, and gives the data of its reply. */
  send(send: RoomSend, deadline: OutboxDeadline): Promise<unknown> {
    return this.outbox.send(send, deadline);
  }

  protected apply({ event, payload, at }: JournalEvent): void {
    this.#position = at ?? this.#position;
    const key = this.#keyOf(event, payload);
    for (const reduction of this.#reductions()) reduction.apply({ event, payload, at });
    this.#expect(this.#expected.filter((one) => one.key !== key));
    this.emit({ event, payload });
  }

  /** What an event calls the send that caused it; `undefined` where it names none. */
  #keyOf(event: string, payload: unknown): string | undefined {
    const { key } = this.#deps.check.incomingEvent(event) ?? {};
    const named = key !== undefined && isRecord(payload) ? payload[key] : undefined;
    return typeof named === 'string' ? named : undefined;
  }

  protected emit(incoming: IncomingEvent): void {
    for (const { hub } of [...this.holders]) hub.emit(incoming);
  }

  #reductions(): Follower[] {
    return [...this.holders].flatMap(({ reductions }) => [...reductions]);
  }

  protected admit(_: JoinReply, at: Position | undefined): void {
    this.#position = at;
    // Some were added while the channel was being entered.
    for (const reduction of this.#reductions()) if (!reduction.isStarted) reduction.start();
  }

  /** What was missed cannot be told: whatever has been sent is part of what is there now. */
  protected async replace(at: Position): Promise<() => void> {
    return () => {
      this.#position = at;
      this.#expected = this.#expected
        .filter(({ isSent }) => !isSent)
        .map((expectation) => ({ ...expectation, mayBePast: true }));
      for (const reduction of this.#reductions()) reduction.start();
    };
  }

  #endReductions(): void {
    for (const reduction of this.#reductions()) reduction.end();
  }

  #expect(expected: Expectation[]): void {
    this.#expected = expected;
    for (const reduction of this.#reductions()) reduction.update();
  }

  #takeBack({ key }: RoomSend): void {
    this.#expect(this.#expected.filter((one) => one.key !== key));
  }

  #createEvents(): OutboxEvents<RoomSend, unknown> {
    return {
      queued: ({ key, isNamed, expects }) => {
        const expectation = expects && { ...expects, key, isSent: false, mayBePast: isNamed };
        if (expectation) this.#expect([...this.#expected, expectation]);
      },
      sent: (send) => {
        const expectation = this.#expected.find(({ key }) => key === send.key);
        if (!expectation) return;
        expectation.isSent = true;
        const isNameless = !this.#deps.check.incomingEvent(expectation.event)?.key;
        // It may never come, or nothing would tell which event it is.
        if (expectation.mayBePast || isNameless) this.#takeBack(send);
      },
      // Whoever sent it knows, and sends it again or not.
      failed: ({ key }) => this.outbox.discard(key),
      discarded: (send) => this.#takeBack(send),
      lost: () => {},
      waiting: () => {},
    };
  }
}
