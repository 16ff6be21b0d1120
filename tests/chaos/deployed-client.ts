import { setTimeout as delay } from 'node:timers/promises';
import { ZERO_UUID } from '@wirepact/protocol';
import { io, type Socket } from 'socket.io-client';
import { ANSWER_TIMEOUT_MS, type AskedChange, type ChaosClient, type ClientSettings } from './chaos-client';
import { nameOfText, toText } from './chaos-text';
import { toKeptAnswer } from './chat-answers';
import { isGivenUp, nameOfEntity, toEntityId } from './chat-entity';
import { DeployedAnswers, type DeployedChunk } from './deployed-answers';
import { DeployedChannel } from './deployed-channel';
import { type DatedMessage, DeployedRest } from './deployed-rest';
import { EMPTY_VIEW } from './page';
import type { DurableName, KeptMessage, MemberView, Properties, Receipt } from './run-record';
import { SendQueue } from './send-queue';
import { UnansweredRequests } from './unanswered-requests';

const RETRY_DELAY_MS = 50;
const JOIN = 1;
const SEND = 2;

/** The connection was lost with a message, and whoever wrote it does not send it again. */
class LostError extends Error {
  readonly code = 'DISCONNECTED';
}

/** A message as it is told; answers of agents name what they answer. */
interface Told {
  readonly id: string;
  readonly roomId: string;
  readonly senderId: string;
  readonly text: string;
  readonly createdAt: number;
  readonly inReplyToMessageId?: string;
  readonly incomplete?: 'failed' | 'timeout' | 'cancelled';
}

const toDated = ({ id, senderId, text, createdAt, ...told }: Told): DatedMessage => ({
  ...{ id, seq: 0, senderId: nameOfEntity(senderId), text: nameOfText(text), createdAt },
  answer: toKeptAnswer(told),
});

/**
 * A page of a deployed ElizaOS on plain Socket.IO: it begins with polling, is told no numbers and has no acknowledgements.
 * After each reconnect it joins anew and reads what there is by HTTP; what it sends again it sends under the same id.
 */
export class DeployedClient implements ChaosClient {
  private readonly socket: Socket;
  private readonly rest: DeployedRest;
  private readonly channels: ReadonlyMap<string, DeployedChannel>;
  private readonly queues: ReadonlyMap<string, SendQueue>;
  private readonly answers: ReadonlyMap<string, DeployedAnswers>;
  private readonly unanswered = new UnansweredRequests();
  private readonly entityId: string;
  private connections = 0;
  private isUpgrading = false;

  constructor(private readonly settings: ClientSettings) {
    const { url, name, channelIds, transports, observer, mayMissChunks } = settings;
    this.entityId = toEntityId(name);
    this.rest = new DeployedRest(url);
    this.channels = new Map(channelIds.map((id) => [id, new DeployedChannel(id)]));
    this.queues = new Map(channelIds.map((id) => [id, this.createQueue(id)]));
    this.answers = new Map(channelIds.map((id) => [id, new DeployedAnswers(observer, mayMissChunks)]));
    const delays = { reconnectionDelay: 10, reconnectionDelayMax: 100 };
    const auth = { entityId: this.entityId };
    this.socket = io(url, { forceNew: true, transports, timeout: 2_000, auth, ...delays });
    this.socket.io.on('open', () => this.watchUpgrade());
    this.socket.on('connect', () => this.enterAll());
    this.socket.on('disconnect', (reason) => this.leaveAll(reason));
    this.listen();
  }

  /** A connection that died while it was upgraded hears nothing, until Engine.IO finds out. */
  isReady(): boolean {
    return !this.isUpgrading && [...this.channels.values()].every(({ isJoined }) => isJoined);
  }

  send(channelId: string, name: string): Promise<Receipt> {
    return this.queueOf(channelId).send(name);
  }

  async sendOnce(channelId: string, name: string): Promise<Receipt> {
    const payload = {
      ...{ senderId: this.entityId, senderName: 'user', message: toText(name), messageId: name },
      ...{ channelId, roomId: channelId, messageServerId: ZERO_UUID, source: 'client_chat' },
    };
    return { id: await this.ask(channelId, SEND, payload, `send ${name}`), epoch: '', seq: 0 };
  }

  manage(asked: AskedChange): Promise<unknown> {
    return this.rest.change(asked);
  }

  view(channelId: string): MemberView {
    const channel = this.channelOf(channelId);
    return {
      ...{ ...EMPTY_VIEW, hasOlder: false, messages: channel.shown() },
      unsent: this.queueOf(channelId).unsent,
      streaming: this.answers.get(channelId)?.streaming ?? [],
    };
  }

  close(): void {
    this.socket.disconnect();
  }

  private createQueue(channelId: string): SendQueue {
    return new SendQueue({
      isJoined: () => this.channelOf(channelId).isJoined,
      sendOnce: (name) => this.sendOnce(channelId, name),
      isFinal: (cause, name) => cause instanceof LostError && isGivenUp(name),
    });
  }

  private queueOf(channelId: string): SendQueue {
    const queue = this.queues.get(channelId);
    if (!queue) throw new Error(`${this.settings.name} has no channel ${channelId}.`);
    return queue;
  }

  private channelOf(id: string): DeployedChannel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`${this.settings.name} has no channel ${id}.`);
    return channel;
  }

  private watchUpgrade(): void {
    const { engine } = this.socket.io;
    const set = (isUpgrading: boolean) => () => {
      this.isUpgrading = isUpgrading;
      this.settings.observer.changed();
    };
    set(false)();
    engine.on('upgrading', set(true));
    engine.on('upgrade', set(false));
  }

  private listen(): void {
    const { socket, unanswered } = this;
    const on = <Payload>(event: string, take: (payload: Payload) => void) =>
      socket.on(event, (payload: Payload) => {
        take(payload);
        this.settings.observer.changed();
      });
    on<{ channelId: string }>('channel_joined', ({ channelId }) => {
      this.channelOf(channelId).enter();
      unanswered.settle(`join ${channelId}`, '');
    });
    on<{ clientMessageId: string; messageId: string }>('messageAck', ({ clientMessageId, messageId }) =>
      unanswered.settle(`send ${clientMessageId}`, messageId),
    );
    on<{ error: string }>('messageError', ({ error }) => {
      this.settings.observer.note(`is told ${error}`);
      unanswered.fail(new Error(error));
    });
    on<Told>('messageBroadcast', (message) => this.hearMessage(message));
    on<{ channelId: string; messageId: string }>('messageDeleted', ({ channelId, messageId }) => {
      this.channelOf(channelId).remove(messageId);
      this.tell(channelId, 'deleted', messageId);
    });
    on<{ channelId: string }>('channelCleared', ({ channelId }) => this.channelOf(channelId).clear());
    on<{ channelId: string }>('channelDeleted', ({ channelId }) => this.hearEnd(channelId));
    on<{ channelId: string; updates: Properties }>('channelUpdated', ({ channelId, updates }) => {
      const { id: _, ...changed } = updates;
      this.tell(channelId, 'updated', JSON.stringify(changed));
    });
    on<DeployedChunk>('messageStreamChunk', (chunk) => this.answers.get(chunk.channelId)?.hear(chunk));
    on<DeployedChunk>('messageStreamError', ({ channelId, messageId }) => {
      this.answers.get(channelId)?.end(messageId);
      const end = { channelId, question: messageId, name: 'messageStreamError' };
      this.settings.observer.told({ ...end, connection: `${this.connections}` });
    });
  }

  private hearMessage(told: Told): void {
    const message = toDated(told);
    this.channelOf(told.roomId).show(message);
    this.answers.get(told.roomId)?.end(message.id);
    this.tell(told.roomId, 'sent', message.text, message);
  }

  /** The channel is gone: it is joined as for the first time. */
  private hearEnd(channelId: string): void {
    const channel = this.channelOf(channelId);
    channel.clear();
    void this.enter(channel, this.connections);
  }

  /** It names the time it was in the channel without a break, and the checker finds the numbers. */
  private tell(channelId: string, event: DurableName, subject: string, message?: KeptMessage): void {
    const epoch = this.channelOf(channelId).nameStay();
    this.settings.observer.seen({ channelId, epoch, seq: 0, event, subject, message });
  }

  /** Sends an envelope, and waits for the event that answers it. */
  private async ask(channelId: string, type: number, payload: object, name: string): Promise<string> {
    if (!this.socket.connected) throw new Error('not connected');
    const connection = this.connections;
    this.socket.emit('message', { type, payload });
    return this.unanswered.wait(name, ANSWER_TIMEOUT_MS, () => {
      if (!this.socket.connected || connection !== this.connections) return;
      this.settings.observer.unanswered({ event: name, channelId, afterMs: ANSWER_TIMEOUT_MS });
    });
  }

  private enterAll(): void {
    this.connections += 1;
    this.settings.observer.note(`connected (${this.connections}.)`);
    for (const channel of this.channels.values()) void this.enter(channel, this.connections);
  }

  private leaveAll(reason: string): void {
    this.settings.observer.note(`disconnected: ${reason}`);
    for (const channel of this.channels.values()) channel.hold();
    this.unanswered.fail(new LostError(reason));
    // Socket.IO does not reconnect by itself after this.
    if (reason === 'io server disconnect') this.socket.connect();
  }

  /** Joins the channel on this connection, then reads by HTTP what there is. */
  private async enter(channel: DeployedChannel, connection: number): Promise<void> {
    const { id: channelId } = channel;
    channel.joins += 1;
    const join = channel.joins;
    const isCurrent = () =>
      this.socket.connected && connection === this.connections && join === channel.joins;
    channel.hold();
    this.answers.get(channelId)?.leave();
    let isIn = false;
    while (isCurrent()) {
      try {
        const payload = { channelId, roomId: channelId, entityId: this.entityId };
        if (!isIn) await this.ask(channelId, JOIN, payload, `join ${channelId}`);
        isIn = true;
        const history = await this.rest.readHistory(channelId);
        if (!isCurrent()) return;
        channel.arrive(history);
        this.settings.observer.note(`joined ${channelId}, which has ${history.length}`);
        this.settings.observer.changed();
        return void this.queueOf(channel.id).work();
      } catch (cause) {
        this.settings.observer.note(`cannot enter ${channelId}: ${cause}`);
        await delay(RETRY_DELAY_MS);
      }
    }
  }
}
