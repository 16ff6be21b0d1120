import { setTimeout as delay } from 'node:timers/promises';
import type { Ack } from '@wirepact/contract';
import type { BroadcastMessage, ChannelUpdates, Position } from '@wirepact/protocol';
import { ZERO_UUID } from '@wirepact/protocol';
import { io, type Socket } from 'socket.io-client';
import {
  ANSWER_TIMEOUT_MS,
  type ChaosClient,
  type ClientSettings,
  type ManagementEvent,
  toSubject,
} from './chaos-client';
import { toText } from './chaos-text';
import { type NumberedEvent, ReferenceChannel, toKept } from './reference-channel';
import type { KeptMessage, MemberView, Receipt } from './run-record';

const RETRY_DELAY_MS = 50;
const HISTORY_PAGE = 200;

type JoinReply = Position & { recovered?: boolean; properties?: ChannelUpdates };
type SendReply = Position & { messageId: string };
type ListReply = Position & { messages: BroadcastMessage[]; hasMore: boolean };

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
  private connections = 0;

  constructor(private readonly settings: ClientSettings) {
    const { url, channelIds, transports } = settings;
    this.channels = new Map(channelIds.map((id) => [id, new ReferenceChannel(id)]));
    const delays = { reconnectionDelay: 10, reconnectionDelayMax: 100 };
    this.socket = io(url, { forceNew: true, transports, timeout: 2_000, ...delays });
    this.socket.on('connect', () => this.enterAll());
    this.socket.on('disconnect', (reason) => this.leaveAll(reason));
    this.socket.on('messageBroadcast', (payload) => this.hear('messageBroadcast', payload.roomId, payload));
    for (const event of ['messageDeleted', 'channelCleared', 'channelUpdated', 'channelDeleted'] as const) {
      this.socket.on(event, (payload) => this.hear(event, payload.channelId, payload));
    }
  }

  isReady(): boolean {
    return [...this.channels.values()].every(({ isJoined }) => isJoined);
  }

  send(channelId: string, text: string): Promise<Receipt> {
    const channel = this.channelOf(channelId);
    return new Promise((resolve, reject) => {
      channel.queue.push({ text, resolve, reject });
      void this.work(channel);
    });
  }

  async sendOnce(channelId: string, name: string): Promise<Receipt> {
    const sender = { entityId: this.settings.name, serverId: ZERO_UUID };
    const sent = { channelId, text: toText(name), messageId: name, ...sender };
    const { messageId: id, epoch, seq } = await this.ask<SendReply>('send_message', sent);
    return { id, epoch, seq };
  }

  manage(event: ManagementEvent, payload: { channelId: string } & Record<string, unknown>): Promise<unknown> {
    return this.ask<Position>(event, payload);
  }

  view(channelId: string): MemberView {
    return this.channelOf(channelId).view();
  }

  close(): void {
    this.socket.disconnect();
  }

  private channelOf(id: string): ReferenceChannel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`${this.settings.name} has no channel ${id}.`);
    return channel;
  }

  private note(what: string): void {
    this.settings.observer.note(what);
  }

  private async ask<Data>(
    event: string,
    payload: { channelId: string } & Record<string, unknown>,
  ): Promise<Data> {
    if (!this.socket.connected) throw new Error('not connected');
    const connection = this.connections;
    const answer: Promise<Ack<Data>> = this.socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, payload);
    const ack = await answer.catch((cause) => {
      const { channelId } = payload;
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
    for (const channel of this.channels.values()) channel.isJoined = false;
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
        const join = { channelId: channel.id, ...(resume && { resume }) };
        const reply = await this.ask<JoinReply>('join_channel', join);
        const missed = resume && reply.recovered ? `, missed ${reply.seq - resume.seq}` : '';
        this.note(`joined ${channel.id} at ${reply.seq}, recovered: ${reply.recovered}${missed}`);
        const messages = resume && reply.recovered ? undefined : await this.readHistory(channel.id, reply);
        if (!isCurrent()) return;
        if (messages) channel.reset(reply, messages);
        return this.arrive(channel, reply);
      } catch (cause) {
        if (cause instanceof RefusedError && cause.code === 'CHANNEL_NOT_FOUND') channel.end();
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
    void this.work(channel);
  }

  private async readHistory(channelId: string, { epoch }: Position): Promise<KeptMessage[]> {
    const messages: KeptMessage[] = [];
    for (;;) {
      const after = messages.at(-1)?.seq ?? 0;
      const page = await this.ask<ListReply>('list_messages', { channelId, after, limit: HISTORY_PAGE });
      if (page.epoch !== epoch) throw new Error('another life of the channel has begun');
      messages.push(...page.messages.map(toKept));
      if (!page.hasMore) return messages;
    }
  }

  private hear(
    event: NumberedEvent['event'],
    channelId: string,
    payload: Position & NumberedEvent['payload'],
  ) {
    const { epoch, seq } = payload;
    this.take(this.channelOf(channelId), { event, payload, epoch, seq });
  }

  private take(channel: ReferenceChannel, numbered: NumberedEvent): void {
    const { event, payload, epoch, seq } = numbered;
    const { id: channelId } = channel;
    const expected = (channel.position?.seq ?? 0) + 1;
    const outcome = channel.accept(numbered);
    if (outcome === 'applied' || outcome === 'ended') {
      this.settings.observer.seen({ channelId, epoch, seq, event, subject: toSubject(event, payload) });
    } else if (outcome === 'hole') {
      this.settings.observer.hole({ channelId, epoch, expected, got: seq });
      this.socket.disconnect().connect();
    }
    if (outcome === 'ended') void this.enter(channel, this.connections);
    this.settings.observer.changed();
  }

  /** Sends what waits, one after the other, while the client is in the channel. */
  private async work(channel: ReferenceChannel): Promise<void> {
    const [next] = channel.queue;
    if (!next || channel.isSending || !channel.isJoined) return;
    channel.isSending = true;
    try {
      next.resolve(await this.sendOnce(channel.id, next.text));
      channel.queue.shift();
    } catch (cause) {
      if (cause instanceof RefusedError && !cause.retryable) {
        channel.queue.shift();
        next.reject(cause);
      } else await delay(RETRY_DELAY_MS);
    }
    channel.isSending = false;
    void this.work(channel);
  }
}
