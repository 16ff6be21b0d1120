import { setTimeout as delay } from 'node:timers/promises';
import type { Ack } from '@wirepact/contract';
import { io, type Socket } from 'socket.io-client';
import { AnswerEar } from './answer-ear';
import {
  ANSWER_TIMEOUT_MS,
  type AskedChange,
  type ChaosClient,
  type ClientSettings,
  isGone,
} from './chaos-client';
import { type History, ReferenceChannel } from './reference-channel';
import type { ChannelEvent, KeptMessage, MemberView, Position, Receipt } from './run-record';
import { SendQueue } from './send-queue';
import type { JoinReply, Wire, WireRequest } from './wire';

const RETRY_DELAY_MS = 50;

/** An answer of the server that says no. */
class RefusedError extends Error {
  constructor(
    readonly code: string,
    readonly retryable: boolean,
  ) {
    super(code);
  }
}

/** The promises of the protocol in as few lines as anybody could use them with: plain Socket.IO below. */
export class ReferenceClient implements ChaosClient {
  private readonly socket: Socket;
  private readonly channels: ReadonlyMap<string, ReferenceChannel>;
  private readonly queues: ReadonlyMap<string, SendQueue>;
  private readonly ears: ReadonlyMap<string, AnswerEar>;
  private connections = 0;

  constructor(
    private readonly settings: ClientSettings,
    private readonly wire: Wire,
  ) {
    const { url, name, channelIds, transports, observer, mayMissChunks } = settings;
    this.channels = new Map(channelIds.map((id) => [id, new ReferenceChannel(id)]));
    this.queues = new Map(channelIds.map((id) => [id, this.createQueue(id)]));
    this.ears = new Map(channelIds.map((id) => [id, new AnswerEar(id, observer, mayMissChunks)]));
    const delays = { reconnectionDelay: 10, reconnectionDelayMax: 100 };
    this.socket = io(url, { forceNew: true, transports, timeout: 2_000, auth: wire.auth(name), ...delays });
    this.socket.on('connect', () => this.enterAll());
    this.socket.on('disconnect', (reason) => this.leaveAll(reason));
    for (const event of wire.events) this.socket.on(event, (payload) => this.hear(event, payload));
    for (const event of wire.answers?.events ?? [])
      this.socket.on(event, (payload) => this.hearAnswer(event, payload));
  }

  isReady(): boolean {
    return [...this.channels.values()].every(({ isJoined }) => isJoined);
  }

  send(channelId: string, name: string): Promise<Receipt> {
    return this.queueOf(channelId).send(name);
  }

  async sendOnce(channelId: string, name: string): Promise<Receipt> {
    const { wire, settings } = this;
    const reply = await this.ask<object>(channelId, wire.send(channelId, name, settings.name));
    return wire.toReceipt(reply, name);
  }

  manage(asked: AskedChange): Promise<unknown> {
    return this.ask<Position>(asked.channelId, this.wire.change(asked));
  }

  view(channelId: string): MemberView {
    const streaming = this.ears.get(channelId)?.streaming ?? [];
    return { ...this.channelOf(channelId).view(), unsent: this.queueOf(channelId).unsent, streaming };
  }

  close(): void {
    this.socket.disconnect();
  }

  private createQueue(channelId: string): SendQueue {
    return new SendQueue({
      isJoined: () => this.channelOf(channelId).isJoined,
      sendOnce: (name) => this.sendOnce(channelId, name),
      isFinal: (cause) => cause instanceof RefusedError && !cause.retryable,
    });
  }

  private queueOf(channelId: string): SendQueue {
    const queue = this.queues.get(channelId);
    if (!queue) throw new Error(`${this.settings.name} has no channel ${channelId}.`);
    return queue;
  }

  private channelOf(id: string): ReferenceChannel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`${this.settings.name} has no channel ${id}.`);
    return channel;
  }

  private note(what: string): void {
    this.settings.observer.note(what);
  }

  private async ask<Data>(channelId: string, [event, payload]: WireRequest): Promise<Data> {
    if (!this.socket.connected) throw new Error('not connected');
    const connection = this.connections;
    const answer: Promise<Ack<Data>> = this.socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, payload);
    const ack = await answer.catch((cause) => {
      if (this.socket.connected && connection === this.connections)
        this.settings.observer.unanswered({ event, channelId, afterMs: ANSWER_TIMEOUT_MS });
      throw cause;
    });
    if (ack.ok) return ack.data;
    throw new RefusedError(ack.error.code, ack.error.retryable === true);
  }

  private enterAll(): void {
    this.connections += 1;
    this.note(`connected (${this.connections}.)`);
    for (const channel of this.channels.values()) void this.enter(channel, this.connections);
  }

  private leaveAll(reason: string): void {
    this.note(`disconnected: ${reason}`);
    // What still comes of the old connection is none of the next one's: numbers before it may be missing.
    for (const channel of this.channels.values()) channel.hold();
    // Socket.IO does not reconnect by itself after these two.
    if (reason === 'io server disconnect') this.socket.connect();
  }

  /** Joins the channel on this connection, from where it was left; one that is gone, anew. */
  private async enter(channel: ReferenceChannel, connection: number): Promise<void> {
    const isCurrent = () => this.socket.connected && connection === this.connections;
    while (isCurrent()) {
      const resume = channel.position;
      try {
        channel.hold();
        this.ears.get(channel.id)?.leave();
        const reply = await this.ask<JoinReply>(channel.id, this.wire.join(channel.id, resume));
        this.ears.get(channel.id)?.enter(this.wire.answers?.inJoin(reply) ?? []);
        const missed = resume && reply.recovered ? `, missed ${reply.seq - resume.seq}` : '';
        this.note(`joined ${channel.id} at ${reply.seq}, recovered: ${reply.recovered}${missed}`);
        const history = resume && reply.recovered ? undefined : await this.readHistory(channel.id, reply);
        if (!isCurrent()) return;
        if (history) channel.reset(reply, history);
        return this.arrive(channel, reply);
      } catch (cause) {
        if (isGone(cause)) channel.end();
        await delay(RETRY_DELAY_MS);
      }
    }
  }

  /** Takes what came while the channel was entered: up to the reply's number there may be some missing. */
  private arrive(channel: ReferenceChannel, reply: JoinReply): void {
    const held = channel.release();
    for (const event of held) if (event.seq <= reply.seq) this.take(channel, event);
    channel.arrive(reply);
    for (const event of held) this.take(channel, event);
    this.settings.observer.changed();
    void this.queueOf(channel.id).work();
  }

  private async readHistory(channelId: string, { epoch }: Position): Promise<History> {
    const messages: KeptMessage[] = [];
    for (;;) {
      const request = this.wire.readHistory(channelId, messages.at(-1)?.seq ?? 0);
      const page = this.wire.toHistory(await this.ask<object>(channelId, request));
      if (page.epoch !== epoch) throw new Error('another life of the channel has begun');
      messages.push(...page.messages);
      if (!page.hasMore) return { ...page, messages };
    }
  }

  private hear(name: string, payload: object): void {
    const event = this.wire.toEvent(name, payload);
    if (!event) return;
    if (event.message?.answer) this.ears.get(event.channelId)?.end(event.message.id);
    this.take(this.channelOf(event.channelId), event);
  }

  private hearAnswer(name: string, payload: object): void {
    const event = this.wire.answers?.toEvent(name, payload);
    if (event) this.ears.get(event.channelId)?.hear(event, `${this.connections}`);
    this.settings.observer.changed();
  }

  private take(channel: ReferenceChannel, event: ChannelEvent): void {
    const { channelId, epoch, seq } = event;
    const expected = (channel.position?.seq ?? 0) + 1;
    const outcome = channel.accept(event);
    if (outcome === 'applied' || outcome === 'ended') {
      this.settings.observer.seen(event);
    } else if (outcome === 'hole') {
      this.settings.observer.hole({ channelId, epoch, expected, got: seq });
      this.socket.disconnect().connect();
    }
    if (outcome === 'ended') void this.enter(channel, this.connections);
    this.settings.observer.changed();
  }
}
