import { type Contract, type RoomNames, roomOf } from '@wirepact/contract/runtime';
import { checkOptions } from '../check-options';
import type { ClientCore } from '../client-core';
import { type ClientError, closedError, createClientError } from '../client-errors';
import { EventHub, type IncomingEvent } from '../event-hub';
import { createUuid } from '../uuid';
import { CHANNEL_SEND_OPTIONS, type Channel, type ChannelSendOptions } from './channel';
import { Memberships } from './memberships';
import { Reduction, type Snapshot } from './reduction';
import { type Holder, RoomMember, type RoomSend } from './room-member';

/** Milliseconds until a send is given up. */
const SEND_TIMEOUT_MS = 60_000;

const toKey = (room: string, id: string) => JSON.stringify([room, id]);

/** The rooms this client takes part in. */
export class RoomChannels {
  private readonly members: Memberships<RoomMember>;

  constructor(private readonly core: ClientCore) {
    const { connection, hub, names } = core;
    this.members = new Memberships(connection);
    hub.onAny((incoming) => this.deliver(incoming));
    hub.on(names.left, ({ room, id, reason, message }: Record<string, string>) =>
      this.find(room, id)?.remove(String(reason), String(message)),
    );
    hub.on(names.deleted, ({ room, id }: Record<string, string>) => this.find(room, id)?.delete());
  }

  /** A channel of a room, joined with the first that is held and left with the last. */
  channel<C extends Contract, Kind extends RoomNames<C> & string>(room: Kind, id: string): Channel<C, Kind> {
    const { connection, check } = this.core;
    if (connection.closed) throw closedError();
    check.room(room, id);
    const known = this.find(room, id);
    // Who was taken out asks again, as somebody wants to be there.
    const member = known && !known.isOut ? known : this.join(room, id);
    const holder: Holder = { hub: new EventHub(), reductions: new Set() };
    member.holders.add(holder);
    const release = () => {
      if (member.release(holder)) this.leave(member);
    };
    // What is asked of it and told by it is checked against the contract, under the names it is asked for.
    return createChannel(this.core, member, holder, release) as unknown as Channel<C, Kind>;
  }

  /** Rejects what waits with `reason`. */
  close(reason: ClientError): void {
    for (const member of this.members.values()) member.close(reason);
  }

  private find(room: string | undefined, id: string | undefined): RoomMember | undefined {
    return this.members.get(toKey(String(room), String(id)));
  }

  private join(room: string, id: string): RoomMember {
    const onGap = (one: RoomMember) => void this.members.rejoin(one);
    const member = new RoomMember({ room, id }, { ...this.core, onGap });
    this.members.set(toKey(room, id), member);
    if (!this.members.session.aborted) void this.members.rejoin(member);
    return member;
  }

  private leave(member: RoomMember): void {
    const { room, id } = member.address;
    const { requester, names } = this.core;
    const wasOut = member.isOut;
    member.leave();
    if (this.find(room, id) === member) this.members.delete(toKey(room, id));
    // A server forgets who was in a room when the connection ends.
    if (wasOut || this.members.session.aborted) return;
    requester.send(names.leave, { room, id }, { restoring: true }).catch(() => {});
  }

  private deliver({ event, payload }: IncomingEvent): void {
    const definition = this.core.check.incomingEvent(event);
    const reference = definition && roomOf(definition, payload);
    const member = reference && this.find(reference.name, reference.id);
    member?.deliver({ event, payload }, definition?.durable === true);
  }
}

/** An event as it is sent: with a name for the send, where it has none. */
function toSend(event: string, key: string, payload: object, expects?: IncomingEvent): RoomSend {
  const named: Record<string, unknown> = { [key]: createUuid(), ...payload };
  return { event, payload: named, key: String(named[key]), expects };
}

/** What an application sees of a membership. */
function createChannel(core: ClientCore, member: RoomMember, holder: Holder, release: () => void) {
  const { check, requester, connection } = core;
  const { room } = member.address;
  const refuse = (text: string) => createClientError('INVALID_OPTIONS', text);
  const reduceFrom = <State>(
    reduce: (state: State, event: IncomingEvent) => State,
    load: (signal: AbortSignal) => Promise<Snapshot<State>>,
    initial?: { readonly state: State },
  ) => {
    const createBackoff = () => connection.createBackoff();
    const expected = () => member.expectations;
    const reduction = new Reduction<State>({ reduce, load, createBackoff, expected }, initial);
    member.add(holder, reduction);
    return reduction.state;
  };
  return {
    ...member.address,
    state: member.state,
    on(event: string, listener: (payload: never) => void) {
      check.listening(event, listener);
      if (check.incomingEvent(event)?.room?.name !== room)
        throw refuse(`on("${event}", …): this event belongs to no ${room}. Use \`on\` of the client.`);
      return holder.hub.on(event, listener);
    },
    off: (event: string, listener: (payload: never) => void) => holder.hub.off(event, listener),
    async send(event: string, payload: object, options: ChannelSendOptions<IncomingEvent> = {}) {
      checkOptions(event, options, CHANNEL_SEND_OPTIONS);
      const { timeoutMs = SEND_TIMEOUT_MS, signal, expects } = options;
      const { key } = check.requestEvent(event) ?? {};
      if (key === undefined) throw refuse(`send("${event}", …): the event has no key. Use \`request\`.`);
      if (!member.holders.has(holder)) throw member.leftError();
      const send = toSend(event, key, payload, expects);
      const refusal = requester.refusal(event, send.payload);
      if (refusal) throw await refusal;
      // What is sent, perhaps much later, is what was checked.
      return member.send(structuredClone(send), { timeoutMs, signal });
    },
    reduce: <State>(reducer: (state: State, event: IncomingEvent) => State, state: State) =>
      reduceFrom(reducer, async () => ({ state }), { state }),
    reduceFrom,
    release,
  };
}
