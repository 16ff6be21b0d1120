import { ROOM_NAMES, roomOf } from '@wirepact/contract/runtime';
import { checkOptions } from '../base/check-options';
import { type ClientError, closedError, invalidOptions } from '../base/client-errors';
import { copyJson } from '../base/copy-json';
import type { IncomingEvent } from '../base/event-hub';
import type { WritableObservable } from '../base/observable';
import { createUuid } from '../base/uuid';
import type { Presence } from '../presence/presence';
import type { ClientCore } from '../request/client-core';
import { REQUEST_OPTIONS } from '../request/request';
import type { ChannelSendOptions } from './channel';
import { type Member, Memberships } from './memberships';
import { Reduction, type Snapshot } from './reduction';
import { type Holder, RoomMember } from './room-member';

/** Milliseconds until a send is given up. */
const SEND_TIMEOUT_MS = 60_000;

const toKey = (room: string, id: string) => JSON.stringify([room, id]);

/** What somebody who holds a channel can do with it. */
export interface OpenChannel {
  send(event: string, payload: unknown, options: ChannelSendOptions<IncomingEvent>): Promise<unknown>;
  /** Has `value` follow the events of the room. */
  reduce<State>(
    reduce: (state: State, event: IncomingEvent) => State,
    load: (signal: AbortSignal) => Promise<Snapshot<State>>,
    value: WritableObservable<State | undefined>,
    initial?: { readonly state: State },
  ): void;
  /** Who is in the room. */
  presence(): Presence<unknown>;
  release(): void;
}

/** The rooms this client takes part in. */
export class RoomChannels {
  readonly #members: Memberships<RoomMember>;

  readonly #core: ClientCore;

  constructor(core: ClientCore) {
    this.#core = core;
    const { connection, hub } = core;
    this.#members = new Memberships(connection);
    hub.onAny((incoming) => this.#deliver(incoming));
    hub.on(ROOM_NAMES.left, ({ room, id, reason, message }: Record<string, string>) =>
      this.#find(room, id)?.remove(String(reason), String(message)),
    );
    hub.on(ROOM_NAMES.presenceChanged, ({ room, id, ...change }: Record<string, string>) =>
      this.#find(room, id)?.deliverPresence(change),
    );
    hub.on(ROOM_NAMES.deleted, ({ room, id }: Record<string, string>) => this.#find(room, id)?.delete());
  }

  /**
   * Has this client take part in a room for somebody: it is joined with the first and left with the last of them.
   * @throws WirepactError `CLOSED`
   */
  open(room: string, id: string, holder: Holder): OpenChannel {
    if (this.#core.connection.closed) throw closedError();
    const known = this.#find(room, id);
    // Who was taken out asks again, as somebody wants to be there.
    const member = known && !known.isOut ? known : this.#join(room, id, known);
    return {
      send: (event, payload, options) => this.#send(member, holder, { event, payload }, options),
      reduce: (reduce, load, value, initial) => {
        const createBackoff = () => this.#core.connection.createBackoff();
        const expected = () => member.expectations;
        member.follow(holder, new Reduction({ reduce, load, createBackoff, expected, value }, initial));
      },
      presence: () => member.presenceOf(holder),
      release: member.hold(holder, () => this.#leave(member)),
    };
  }

  /** Rejects what waits with `reason`. */
  close(reason: ClientError): void {
    for (const member of this.#members.values()) member.close(reason);
  }

  #find(room: string | undefined, id: string | undefined): RoomMember | undefined {
    return this.#members.get(toKey(String(room), String(id)));
  }

  #join(room: string, id: string, known: RoomMember | undefined): RoomMember {
    const onGap = (one: Member) => void this.#members.rejoin(one);
    const member = known ?? new RoomMember({ room, id }, { ...this.#core, onGap });
    // The same member, so that what waits to be sent goes out before what is sent from now on.
    known?.joinAnew();
    this.#members.set(toKey(room, id), member);
    if (!this.#members.session.aborted) void this.#members.rejoin(member);
    return member;
  }

  #leave(member: RoomMember): void {
    const { room, id } = member.address;
    const { requester } = this.#core;
    const wasOut = member.isOut;
    member.leave();
    const tell = async () => {
      if (!wasOut) await requester.send(ROOM_NAMES.leave, { room, id }, { restoring: true });
    };
    this.#members.leave(toKey(room, id), member, tell).catch(() => {});
  }

  #deliver({ event, payload }: IncomingEvent): void {
    const definition = this.#core.check.incomingEvent(event);
    const reference = definition && roomOf(definition, payload);
    const member = reference && this.#find(reference.name, reference.id);
    member?.deliver({ event, payload }, definition?.durable === true);
  }

  async #send(
    member: RoomMember,
    holder: Holder,
    { event, payload }: IncomingEvent,
    options: ChannelSendOptions<IncomingEvent>,
  ): Promise<unknown> {
    const { check, requester } = this.#core;
    checkOptions<ChannelSendOptions>(event, options, { ...REQUEST_OPTIONS, expects: 'object' });
    const { timeoutMs = SEND_TIMEOUT_MS, signal, expects } = options;
    const { key } = check.requestEvent(event) ?? {};
    if (key === undefined) {
      const text = `send("${event}", …): the event has no key. Use \`request\`.`;
      throw invalidOptions(text);
    }
    if (!member.holders.has(holder)) throw member.leftError();
    const named: Record<string, unknown> = { ...Object(payload) };
    const isNamed = named[key] !== undefined;
    named[key] ??= createUuid();
    const refusal = requester.refusal(event, named);
    if (refusal) throw await refusal;
    // What is sent, perhaps much later, is what was checked.
    const send = copyJson({ event, payload: named, key: String(named[key]), isNamed, expects });
    return member.send(send, { timeoutMs, signal });
  }
}
