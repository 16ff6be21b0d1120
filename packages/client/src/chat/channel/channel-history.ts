import type { Position } from '@wirepact/protocol';
import { asClientError } from '../../runtime/base/client-errors';
import { SharedTask } from '../../runtime/base/shared-task';
import type { Requester, RequestOptions } from '../../runtime/request/request';
import type { ChatProtocol } from '../chat-contract';
import { ChatError } from '../chat-error';
import { addPage, failPage, type NewestPage, requestPage } from './channel-changes';
import { maxWindow } from './channel-model';
import { actingAs, type Sender } from './channel-outbox';
import type { ChannelStore } from './channel-store';

/** What a {@link ChannelHistory} needs. */
export interface HistoryNeeds {
  readonly channelId: string;
  /** Who reads: its own messages come with its own ids. */
  readonly sender: Sender;
  readonly requester: Requester;
  readonly store: ChannelStore;
  /** Is told that the server has a message of this client, once that is shown. */
  readonly onOwn: (clientMessageId: string) => void;
}

/** Loads the history of one channel. */
export class ChannelHistory {
  #pending: SharedTask<void> | undefined;
  #loads = 0;

  readonly #needs: HistoryNeeds;

  constructor(needs: HistoryNeeds) {
    this.#needs = needs;
  }

  /**
   * Adds the page before the first message known; who asks while one is being loaded waits for that one.
   * @throws WirepactError as any request.
   */
  loadOlder(limit: number, options: RequestOptions): Promise<void> {
    return this.#needs.requester.withinTime('list_messages', options, (deadline) => {
      if (!this.#pending || this.#pending.abandoned) this.#pending = this.#startLoading(limit);
      return this.#pending.wait(deadline);
    });
  }

  /**
   * The newest messages up to a position, as part of what restores a connection. A server that does not let
   * this client read gives an empty page with its error.
   * @throws WirepactError that is retryable.
   */
  async readNewest({ epoch, seq }: Position, limit: number, signal: AbortSignal): Promise<NewestPage> {
    const { channelId, sender, requester } = this.#needs;
    const request = requester.typed<ChatProtocol>();
    try {
      // It ends with the connection, as all that restores one.
      const page = await request(
        'list_messages',
        { channelId, ...actingAs(sender), before: seq + 1, limit },
        { restoring: true },
      );
      if (page.epoch === epoch) return page;
    } catch (cause) {
      const error = asClientError(cause);
      if (error.retryable || signal.aborted) throw error;
      return { messages: [], hasMore: true, error };
    }
    const text = 'The channel was deleted and created anew while its history was read.';
    throw new ChatError('CHANNEL_NOT_FOUND', text, { retryable: true });
  }

  /** Looks for messages of this client in a page that is part of the view now. */
  noteOwn(messages: NewestPage['messages']): void {
    for (const { clientMessageId } of messages) {
      if (clientMessageId !== undefined) this.#needs.onOwn(clientMessageId);
    }
  }

  #startLoading(limit: number): SharedTask<void> {
    const task: SharedTask<void> = new SharedTask(async (signal) => {
      try {
        await this.#load(limit, signal);
      } finally {
        if (this.#pending === task) this.#pending = undefined;
      }
    });
    return task;
  }

  async #load(limit: number, signal: AbortSignal): Promise<void> {
    const { channelId, sender, requester, store } = this.#needs;
    this.#loads += 1;
    const load = this.#loads;
    // What is known may be another thing once the connection is back.
    await requester.ready(signal);
    if (store.model.from === 1) return;
    const room = maxWindow(store.model) - store.model.stored.size;
    if (room <= 0)
      throw new ChatError(
        'VIEW_FULL',
        `The view of this channel holds ${maxWindow(store.model)} messages, which is as many as it may.`,
      );
    store.change(requestPage(load));
    const before = store.model.page?.before;
    const payload = { channelId, ...actingAs(sender), limit: Math.min(limit, room), before };
    try {
      // The callers' own time limits end the wait: the last of them to leave aborts `signal`.
      const options = { signal, timeoutMs: Number.POSITIVE_INFINITY, resend: true };
      const page = await requester.typed<ChatProtocol>()('list_messages', payload, options);
      store.change(addPage(load, page));
      this.noteOwn(page.messages);
    } catch (cause) {
      const error = asClientError(cause);
      store.change(failPage(load, error));
      throw error;
    }
  }
}
