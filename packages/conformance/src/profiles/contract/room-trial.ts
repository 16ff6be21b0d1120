import { SESSION_NAMES } from '@wirepact/contract/runtime';
import { must, show } from '../../check/expectations';
import type { ConnectOptions, Trial } from '../../check/trial';
import { type Answer, type Fields, type Packet, payloadOf, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ContractView } from './contract-view';
import type { Knower, Publisher } from './knowledge';
import { actingAs, addressOf, durableIn, inNewRoom, type RoomAddress } from './rooms-of';

const { heartbeat, join } = SESSION_NAMES;

/** A room of one kind that is new, what publishes in it, and how its members hear of that. */
export class RoomTrial {
  private constructor(
    readonly trial: Trial,
    readonly publisher: Publisher,
    readonly payload: Fields,
    readonly room: RoomAddress,
    private readonly durable: ReadonlySet<string>,
  ) {}

  static async open(trial: Trial, view: ContractView, knower: Knower, kind: string): Promise<RoomTrial> {
    const publisher = await knower.publisherOf(trial, kind);
    const payload = inNewRoom(publisher.event, publisher.payload);
    const fields = toFields(payload);
    const room = addressOf(publisher.event, fields);
    if (!room) return trial.skip(`${publisher.event.name} does not say which room it is about`);
    const names = new Set(durableIn(view, kind).map(({ name }) => name));
    return new RoomTrial(trial, publisher, fields, room, names);
  }

  /** The property that names a send; `undefined` where what publishes has none. */
  private get key(): string | undefined {
    const { key } = this.publisher.event.declared;
    return key !== undefined && key in this.payload ? key : undefined;
  }

  /** The property that names a send; skips the check where there is none. */
  needsKey(): string {
    return this.key ?? this.trial.skip('the event that publishes has no key');
  }

  /** A client that is connected, and no member yet. */
  connect(options?: ConnectOptions): Promise<WireClient> {
    return this.trial.connect(options);
  }

  async member(options?: ConnectOptions): Promise<WireClient> {
    const client = await this.connect(options);
    await this.join(client);
    return client;
  }

  /** Joins. @throws Violation Where that is refused. */
  async join(client: WireClient, resume?: { epoch: unknown; seq: number }): Promise<Answer> {
    const answer = await client.ask(join, { ...this.room, ...(resume && { resume }) });
    must(answer.ok === true, `${join} is answered with ${show(answer)}`);
    return answer;
  }

  /** Publishes; what names a send is new each time, unless it is given. */
  async publish(client: WireClient, fields: Fields = {}): Promise<void> {
    const { event } = this.publisher;
    const named = this.key === undefined ? {} : { [this.key]: this.trial.newId() };
    const payload = actingAs(event, { ...this.payload, ...named, ...fields }, client);
    const answer = await client.ask(event.name, payload);
    must(answer.ok === true, `${event.name} succeeded, and is now answered with ${show(answer)}`);
  }

  /** The durable events of this room that a client was told of so far. */
  toldTo(client: WireClient): Packet[] {
    return client.packets.filter(({ event }) => this.durable.has(event));
  }

  /** Waits until a client was told of so many. */
  async told(client: WireClient, count: number): Promise<readonly Fields[]> {
    const enough = () => (this.toldTo(client).length >= count ? true : undefined);
    await client.until(
      enough,
      `a member was told of ${this.toldTo(client).length} durable events, not of ${count}`,
    );
    return this.toldTo(client).map(payloadOf);
  }

  /** What a client was told of, once all that the server has sent to it is there. */
  async toldInAll(client: WireClient): Promise<readonly Fields[]> {
    await client.ask(heartbeat);
    return this.toldTo(client).map(payloadOf);
  }

  /** An event without the key of its send, which only its sender is told. */
  withoutKey(event: Fields): Fields {
    const { key } = this.publisher.event.declared;
    return Object.fromEntries(Object.entries(event).filter(([name]) => name !== key));
  }
}
