import { setTimeout as delay } from 'node:timers/promises';
import { type Channel, type ChatClient, createChatClient } from '@wirepact/client';
import type { Position } from '@wirepact/protocol';
import { ANSWER_TIMEOUT_MS, type ClientSettings, codeOf, type Observer, toSubject } from './chaos-client';
import type { PageStorage } from './page-storage';
import type { DurableName } from './run-record';

const DURABLE_NAMES = [
  ...(['messageBroadcast', 'messageDeleted', 'channelCleared', 'channelUpdated', 'channelDeleted'] as const),
];

/** The least that shows whether pages fit together. */
const PAGE_SIZE = 40;
const RETRY_DELAY_MS = 50;
/** More than a run has: every view ends with all that is stored. */
const MAX_MESSAGES = 10_000;

/** One page of an application that uses the SDK, from its load until it is thrown away. */
export class SdkPage {
  readonly chat: ChatClient;
  private readonly channels = new Map<string, Channel>();
  private readonly joins: ReadonlyMap<string, Promise<Channel>>;
  private readonly rejoining = new Set<string>();
  private isGone = false;
  /** How often the connection became another, or none. */
  private connections = 0;
  private readonly observer: Observer;

  constructor(
    private readonly settings: ClientSettings,
    storage: PageStorage,
  ) {
    const { url, name, channelIds, transports } = settings;
    this.observer = this.whilePresent(settings.observer);
    this.chat = createChatClient(url, {
      ...{ entityId: name, transports, heartbeatIntervalMs: 0 },
      ...{
        reconnectionDelay: 10,
        reconnectionDelayMax: 100,
        timeout: 2_000,
        requestTimeoutMs: ANSWER_TIMEOUT_MS,
      },
      ...{ sendTimeoutMs: 120_000, outbox: { storage: storage.open(() => this.isGone) } },
      view: { maxMessages: MAX_MESSAGES },
      onContractViolation: ({ event }) => this.observer.note(`${event} breaks the contract`),
    });
    this.chat.connection.subscribe(({ status }) => {
      this.connections += 1;
      this.observer.note(status);
    });
    this.joins = new Map(channelIds.map((id) => [id, this.enter(id)]));
  }

  /** Whether it is in all its channels. */
  isReady(): boolean {
    const { channels, settings } = this;
    return settings.channelIds.every((id) => channels.get(id)?.state.get().status === 'joined');
  }

  /** The channel once it has been joined. */
  channel(id: string): Promise<Channel> {
    return this.joins.get(id) ?? Promise.reject(new Error(`${this.settings.name} has no channel ${id}.`));
  }

  /** The channel, if it has been joined. */
  joined(id: string): Channel | undefined {
    return this.channels.get(id);
  }

  /** The same answer, once it is there; tells where there was none in time on a connection that was up. */
  async watched<Reply>(event: string, channelId: string, answer: Promise<Reply>): Promise<Reply> {
    const { connections } = this;
    const isUp = () => this.chat.connection.get().status === 'connected';
    const wasUp = isUp();
    return answer.catch((cause) => {
      if (codeOf(cause) === 'TIMEOUT' && wasUp && isUp() && connections === this.connections)
        this.observer.unanswered({ event, channelId, afterMs: ANSWER_TIMEOUT_MS });
      throw cause;
    });
  }

  /** Is gone, as a page that is reloaded: without a word to the server or the storage. */
  leave(cutOff: () => void): void {
    this.isGone = true;
    cutOff();
    this.chat.close();
  }

  private async enter(id: string): Promise<Channel> {
    const channel = await this.join(id);
    this.observe(channel);
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
    const note = (event: DurableName, payload: Partial<Position> & Parameters<typeof toSubject>[1]) => {
      const { epoch = '', seq = 0 } = payload;
      observer.seen({ channelId, event, epoch, seq, subject: toSubject(event, payload) });
    };
    for (const event of DURABLE_NAMES) channel.on(event, (payload) => note(event, payload));
    channel.view.subscribe(observer.changed);
    channel.state.subscribe(({ status }) => {
      observer.note(`${channelId} is ${status}`);
      void this.joinAnew(channel);
    });
    void this.joinAnew(channel);
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
      if (isLoading || this.isGone || !hasOlder || status !== 'joined') return;
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

  /** What a page that is gone sees, nobody is told. */
  private whilePresent({ seen, hole, unanswered, note, changed }: Observer): Observer {
    const only =
      <Arguments extends unknown[]>(tell: (...told: Arguments) => void) =>
      (...told: Arguments) => {
        if (!this.isGone) tell(...told);
      };
    const told = { seen: only(seen), hole: only(hole), unanswered: only(unanswered) };
    return { ...told, note: only(note), changed: only(changed) };
  }
}
