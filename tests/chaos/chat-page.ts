import { setTimeout as delay } from 'node:timers/promises';
import {
  type Channel,
  type ChannelView,
  type ChatClient,
  createChatClient,
  type SentMessage,
} from '@wirepact/client';
import { ZERO_UUID } from '@wirepact/protocol';
import { ANSWER_TIMEOUT_MS, type AskedChange, type ClientSettings, codeOf } from './chaos-client';
import { nameOfText, toText } from './chaos-text';
import { chatAnswers } from './chat-answers';
import { isGivenUp, toEntityId } from './chat-entity';
import { chatWire, toKept } from './chat-wire';
import { DeployedRest } from './deployed-rest';
import { EMPTY_VIEW, type Page } from './page';
import type { PageStorage } from './page-storage';
import { PageWatch } from './page-watch';
import type { KeptMessage, MemberView, Receipt } from './run-record';

const DURABLE_NAMES = [
  ...(['messageBroadcast', 'messageDeleted', 'channelCleared', 'channelUpdated', 'channelDeleted'] as const),
];

const END_NAMES = ['messageStreamError', 'messageComplete'] as const;

/** The least that shows whether pages fit together. */
const PAGE_SIZE = 40;
const RETRY_DELAY_MS = 50;
/** More than a run has: every view ends with all that is stored. */
const MAX_MESSAGES = 10_000;

const toReceipt = ({ messageId: id, epoch = '', seq = 0 }: SentMessage): Receipt => ({ id, epoch, seq });

function toMemberView({ view }: Channel, isDeployed: boolean): MemberView {
  const { messages, streams, properties, position, hasOlder } = view.get();
  const unsent = messages.filter(({ status }) => status !== 'sent').map(({ text }) => nameOfText(text));
  return {
    ...{ position, properties, hasOlder, unsent, streaming: streams.map(({ text }) => text) },
    messages: messages
      .filter((message) => message.status === 'sent' && !streams.includes(message))
      // On the deployed wire nothing tells that a message that is sent again was deleted meanwhile: it has no place.
      .filter(({ seq }) => !isDeployed || seq !== undefined)
      .map(({ id = '', ...message }) => toKept({ ...message, id })),
  };
}

/** A page of the chat. */
export class ChatPage implements Page {
  private readonly chat: ChatClient;
  private readonly channels = new Map<string, Channel>();
  private readonly joins: ReadonlyMap<string, Promise<Channel>>;
  private readonly rejoining = new Set<string>();
  private readonly watch: PageWatch;
  private readonly entityId: string;
  /** How often channels were joined. */
  private joinCount = 0;
  /** What does what the deployed wire has no events for. */
  private readonly rest: DeployedRest | undefined;

  constructor(
    private readonly settings: ClientSettings,
    private readonly storage: PageStorage,
  ) {
    const { url, name, channelIds, transports, isDeployed } = settings;
    this.entityId = isDeployed ? toEntityId(name) : name;
    this.rest = isDeployed ? new DeployedRest(url) : undefined;
    this.watch = new PageWatch(settings.observer);
    this.chat = createChatClient(url, {
      ...{ entityId: this.entityId, transports, heartbeatIntervalMs: 0 },
      ...(isDeployed && { dialect: 'elizaos' }),
      ...{
        reconnectionDelay: 10,
        reconnectionDelayMax: 100,
        timeout: 2_000,
        requestTimeoutMs: ANSWER_TIMEOUT_MS,
      },
      ...{ sendTimeoutMs: 120_000, outbox: { storage: storage.open(() => this.watch.isGone) } },
      view: { maxMessages: MAX_MESSAGES },
      onContractViolation: ({ event }) => this.observer.note(`${event} breaks the contract`),
    });
    this.watch.follow(this.chat.connection);
    this.joins = new Map(channelIds.map((id) => [id, this.enter(id)]));
  }

  /** Whether it is in all its channels. */
  isReady(): boolean {
    const { channels, settings } = this;
    return settings.channelIds.every((id) => channels.get(id)?.state.get().status === 'joined');
  }

  entered(channelId: string): Promise<Channel> {
    return this.joins.get(channelId) ?? Promise.reject(new Error(`There is no channel ${channelId}.`));
  }

  /** One that an earlier page took has come with the storage, and is only asked for. */
  async send(channelId: string, name: string, wasTaken: boolean): Promise<Receipt> {
    const channel = this.channels.get(channelId);
    if (!channel) throw new Error(`${channelId} was not entered.`);
    const hadFailed = channel.view
      .get()
      .messages.some(({ clientMessageId, status }) => clientMessageId === name && status === 'failed');
    if (hadFailed) this.storage.retried.add(name);
    const sent = wasTaken ? channel.retry(name) : channel.send(toText(name), { messageId: name });
    return this.persist(channel, name, sent);
  }

  discard(channelId: string, name: string): void {
    this.channels.get(channelId)?.discard(name);
  }

  async sendOnce(channelId: string, name: string): Promise<Receipt> {
    const sender = { entityId: this.entityId, serverId: ZERO_UUID };
    const message = { channelId, text: toText(name), messageId: name, ...sender };
    const answer = this.chat.request('send_message', message);
    return toReceipt(await this.watch.answered(this.chat.connection, 'send_message', channelId, answer));
  }

  change(asked: AskedChange): Promise<unknown> {
    const [event] = chatWire.change(asked);
    return this.watch.answered(this.chat.connection, event, asked.channelId, this.request(asked));
  }

  view(channelId: string): MemberView {
    const channel = this.channels.get(channelId);
    return channel ? toMemberView(channel, this.rest !== undefined) : EMPTY_VIEW;
  }

  leave(cutOff: () => void): void {
    this.watch.isGone = true;
    cutOff();
    this.chat.close();
  }

  /** On the deployed wire a message may fail, or be lost with its connection: most are sent again on purpose, as a user does. */
  private async persist(channel: Channel, name: string, sent: Promise<SentMessage>): Promise<Receipt> {
    const isNamed = ({ text }: KeptMessage) => text === name;
    const { retried } = this.storage;
    for (let sending = sent; ; sending = channel.retry(name)) {
      try {
        return { ...toReceipt(await sending), isRetried: retried.has(name) };
      } catch (cause) {
        const code = codeOf(cause);
        // What failed may have come all the same: then there is nothing to be sent again.
        const there = code === 'MESSAGE_NOT_FOUND' && this.view(channel.id).messages.find(isNamed);
        if (there) return { id: there.id, epoch: '', seq: 0, isRetried: retried.has(name) };
        const isLost = code === 'DISCONNECTED' && !isGivenUp(name);
        if (!this.rest || this.watch.isGone || !(isLost || code === 'INTERNAL')) throw cause;
        await delay(RETRY_DELAY_MS);
        retried.add(name);
      }
    }
  }

  private get observer() {
    return this.watch.observer;
  }

  private request(asked: AskedChange): Promise<unknown> {
    const { kind, channelId } = asked;
    const { chat, rest } = this;
    if (rest) return rest.change(asked);
    if (kind === 'delete') return chat.request('delete_message', { channelId, messageId: asked.messageId });
    if (kind === 'cancel') return chat.request('cancel_response', { channelId, messageId: asked.messageId });
    if (kind === 'update') return chat.request('update_channel', { channelId, updates: asked.updates });
    return chat.request(kind === 'clear' ? 'clear_channel' : 'delete_channel', { channelId });
  }

  private async enter(id: string): Promise<Channel> {
    const channel = await this.join(id);
    this.observe(channel);
    this.listen(channel);
    this.keepComplete(channel);
    this.channels.set(id, channel);
    this.observer.changed();
    return channel;
  }

  private async join(id: string): Promise<Channel> {
    for (;;) {
      try {
        return await this.chat.join(id);
      } catch (cause) {
        if (this.chat.connection.get().status === 'disconnected') return new Promise(() => undefined);
        this.observer.note(`cannot join ${id}: ${cause}`);
        await delay(RETRY_DELAY_MS);
      }
    }
  }

  private observe(channel: Channel): void {
    const { id: channelId } = channel;
    const { observer } = this;
    for (const name of DURABLE_NAMES)
      channel.on(name, (payload) => {
        const event = chatWire.toEvent(name, payload);
        if (!event) return;
        if (!this.rest) observer.seen(event);
        // What has no place came while it was not in the channel: its sender is told a message anywhere.
        else if (event.epoch)
          observer.seen({ ...event, epoch: `${this.watch.connection} ${this.joinCount}` });
      });
    channel.view.subscribe(observer.changed);
    channel.state.subscribe(({ status }) => {
      if (status === 'joined') this.joinCount += 1;
      observer.note(`${channelId} is ${status}`);
      void this.joinAnew(channel);
    });
    void this.joinAnew(channel);
  }

  /** Hears of answers: those under way as the view shows them, and their ends. */
  private listen(channel: Channel): void {
    const { id: channelId, view } = channel;
    const { observer, watch } = this;
    let known: ChannelView['streams'] = [];
    view.subscribe(() => {
      const { streams } = view.get();
      for (const answer of streams)
        if (!known.includes(answer)) observer.says({ channelId, messageId: answer.key, text: answer.text });
      known = streams;
    });
    for (const name of END_NAMES)
      channel.on(name, (payload) => {
        const event = chatAnswers.toEvent(name, payload);
        // The deployed wire does not say what was answered, nor whose turn is complete.
        const question = this.rest ? event.messageId : undefined;
        if (event.event !== 'end' || (this.rest && !question)) return;
        observer.told({ ...event, ...(question && { question }), connection: watch.connection });
      });
  }

  /** A channel that is gone, or does not let this client in again, is joined as for the first time. */
  private async joinAnew({ id, state }: Channel): Promise<void> {
    if (this.rejoining.has(id)) return;
    this.rejoining.add(id);
    // It may be gone again before whoever joined it is told.
    while (['deleted', 'failed'].includes(state.get().status)) await this.join(id);
    this.rejoining.delete(id);
    this.observer.changed();
  }

  /** Loads what the view does not have since it was started anew, page after page, as a reader who scrolls up does. */
  private keepComplete(channel: Channel): void {
    let isLoading = false;
    const load = () => {
      const { hasOlder, status } = channel.view.get();
      if (isLoading || this.watch.isGone || !hasOlder || status !== 'joined') return;
      isLoading = true;
      channel
        .loadOlder(PAGE_SIZE)
        .catch((cause) => this.observer.note(`cannot load older messages: ${cause}`))
        .finally(() => {
          isLoading = false;
          load();
        });
    };
    channel.view.subscribe(load);
    load();
  }
}
