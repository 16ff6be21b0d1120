import type { Channel, JoinOptions } from '../chat/channel/channel';
import type { ChannelState } from '../chat/channel/channel-view';
import type { ChatClient } from '../chat/chat-client';
import type { ChatError } from '../chat/chat-error';
import { asClientError } from '../runtime/base/client-errors';
import type { Observable } from '../runtime/base/observable';
import { Backoff } from '../runtime/connection/backoff';
import { createHold } from './hold';

/** How a channel is joined. */
export interface ChannelOptions extends Pick<JoinOptions, 'agentId' | 'serverId' | 'metadata'> {
  /** Messages to load into the view once joined, from 0 to 200. Default 50. */
  readonly history?: number | undefined;
}

/** Where a channel stands that is held; the same object until something in it changes. */
export interface HeldState {
  /** Absent until it was joined; then the same object as long as it is held. */
  readonly channel?: Channel | undefined;
  /** As in `Channel.state`; `joining` before, also while the server cannot be reached, and on a server. */
  readonly state: 'joining' | ChannelState['status'];
  /** Why this client is not in the channel, where the state does not say it all. */
  readonly error?: ChatError | undefined;
  /** Asks to be let in again: where that `failed`, where the client was `removed`, or to create a `deleted` channel anew. */
  readonly join: () => void;
}

/** A channel that this client is in as long as somebody holds it. */
export class HeldChannel {
  readonly handle: Observable<HeldState>;
  /** What the next join says. */
  options: ChannelOptions | undefined;
  readonly #chat: ChatClient;
  readonly #id: string;
  readonly #backoff = new Backoff({ reconnectionDelayMax: 30_000 });
  #channel: Channel | undefined;
  #isHeld = false;
  #isJoining = false;
  /** Whether the last attempt to join failed: the next connection is reason for another. */
  #hasFailed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stopFollowing = () => {};
  #stopLeaving = () => {};
  #tell: (state: HeldState['state'], error?: ChatError) => void = () => {};
  readonly #join = () => this.#joinOnce();

  constructor(chat: ChatClient, id: string) {
    this.#chat = chat;
    this.#id = id;
    this.handle = createHold<HeldState>({ state: 'joining', join: this.#join }, (set) => this.#hold(set));
  }

  /** Holds the channel until what this returns is called. */
  #hold(set: (state: HeldState) => void): () => void {
    this.#isHeld = true;
    this.#tell = (state, error) => set({ channel: this.#channel, state, error, join: this.#join });
    this.#stopLeaving();
    const stopWatching = this.#chat.connection.subscribe(({ status }) => {
      if (status === 'connected' && this.#hasFailed) this.#join();
    });
    // Components run their effects from the inside out: the options of those around may come after the first holder.
    queueMicrotask(this.#join);
    return () => {
      this.#isHeld = this.#hasFailed = false;
      stopWatching();
      clearTimeout(this.#retry);
      // A join that is under way leaves the channel once it is done.
      this.#leave();
      set({ state: 'joining', join: this.#join });
    };
  }

  async #joinOnce(): Promise<void> {
    if (this.#isJoining || !this.#isHeld) return;
    this.#isJoining = true;
    this.#hasFailed = false;
    clearTimeout(this.#retry);
    try {
      // It takes as long as it takes to connect.
      const options = { history: 50, ...this.options, timeoutMs: Number.POSITIVE_INFINITY };
      this.#follow(await this.#chat.join(this.#id, options));
    } catch (cause) {
      if (this.#isHeld) this.#fail(asClientError(cause));
    } finally {
      this.#isJoining = false;
    }
  }

  #follow(joined: Channel): void {
    this.#stopFollowing();
    this.#backoff.reset();
    this.#channel = joined;
    if (!this.#isHeld) {
      this.#leave();
      return;
    }
    const look = ({ status, error }: ChannelState) => this.#tell(status, error);
    this.#stopFollowing = joined.state.subscribe(look);
    look(joined.state.get());
  }

  #fail(error: ChatError): void {
    this.#hasFailed = true;
    this.#tell(error.retryable ? 'joining' : 'failed', error);
    if (error.retryable && this.#chat.connection.get().status === 'connected')
      this.#retry = setTimeout(this.#join, this.#backoff.nextDelayMs(error.retryAfterMs));
  }

  /** Leaves the channel once none of its messages waits to be sent or has failed: leaving forgets those. */
  #leave(): void {
    this.#stopFollowing();
    const left = this.#channel;
    if (!left) return;
    const tryToLeave = () => {
      if (left.view.get().messages.some(({ status }) => status !== 'sent')) return;
      this.#stopLeaving();
      this.#channel = undefined;
      left.leave().catch(() => {});
    };
    this.#stopLeaving = left.view.subscribe(tryToLeave);
    tryToLeave();
  }
}

const HELD = /* @__PURE__ */ new WeakMap<ChatClient, Map<string, HeldChannel>>();

/** The one {@link HeldChannel} that a client has of a channel. */
export function heldChannel(chat: ChatClient, channelId: string): HeldChannel {
  const channels = HELD.get(chat) ?? new Map<string, HeldChannel>();
  HELD.set(chat, channels);
  const key = channelId.toLowerCase();
  const held = channels.get(key) ?? new HeldChannel(chat, channelId);
  channels.set(key, held);
  return held;
}
