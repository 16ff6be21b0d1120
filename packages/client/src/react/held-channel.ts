import type { Channel, JoinOptions } from '../chat/channel/channel';
import type { ChannelState } from '../chat/channel/channel-state';
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

/** A channel as components see it; the same object until something in it changes. */
export interface ChannelHandle {
  /** Absent until it was joined; then the same object as long as it is held. */
  readonly channel: Channel | undefined;
  /** As in `Channel.state`; `joining` before, also while the server cannot be reached, and on a server. */
  readonly state: 'joining' | ChannelState['status'];
  /** Why this client is not in the channel, where the state does not say it all. */
  readonly error: ChatError | undefined;
  /** Asks to be let in again: where that `failed`, where the client was `removed`, or to create a `deleted` channel anew. */
  readonly join: () => void;
}

/** A channel that this client is in as long as somebody holds it. */
export class HeldChannel {
  readonly handle: Observable<ChannelHandle>;
  /** What the next join says. */
  options: ChannelOptions = {};

  readonly #chat: ChatClient;
  readonly #id: string;
  readonly #backoff = new Backoff({ minMs: 1_000, maxMs: 30_000, jitter: 0.5 });
  #set: (handle: ChannelHandle) => void = () => {};
  #channel: Channel | undefined;
  /** Ends a join that nobody waits for any more. */
  #stop = new AbortController();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;
  #isJoining = false;
  /** Whether the last attempt to join failed: the next connection is reason for another. */
  #hasFailed = false;
  #stopFollowing = () => {};
  #stopLeaving = () => {};
  readonly #join = () => void this.#tryToJoin();

  constructor(chat: ChatClient, id: string) {
    this.#chat = chat;
    this.#id = id;
    this.handle = createHold<ChannelHandle>(this.#toHandle('joining'), (set) => this.#open(set));
  }

  /**
   * Holds the channel until it was joined, and resolves to it.
   * @throws WirepactError why the server did not let this client in
   */
  whenJoined(): Promise<Channel> {
    return new Promise((resolve, reject) => {
      const look = ({ channel, state, error }: ChannelHandle) => {
        if (channel) resolve(channel);
        else if (state === 'failed') reject(error);
        else return;
        stop();
      };
      const stop = this.handle.subscribe(look);
      look(this.handle.get());
    });
  }

  #open(set: (handle: ChannelHandle) => void): () => void {
    this.#set = set;
    this.#isHeld = true;
    this.#stop = new AbortController();
    this.#stopLeaving();
    const { connection } = this.#chat;
    const stopWatching = connection.subscribe(({ status }) => {
      if (status === 'connected' && this.#hasFailed) this.#join();
    });
    // Components run their effects from the inside out: the options of those around may come after the first holder.
    queueMicrotask(this.#join);
    return () => {
      this.#isHeld = false;
      this.#hasFailed = false;
      stopWatching();
      clearTimeout(this.#retry);
      // One that is under way may have reached the server: then it is left once it is done.
      if (connection.get().status !== 'connected') this.#stop.abort();
      this.#leave();
      set(this.#toHandle('joining'));
    };
  }

  async #tryToJoin(): Promise<void> {
    if (this.#isJoining || !this.#isHeld) return;
    this.#isJoining = true;
    this.#hasFailed = false;
    clearTimeout(this.#retry);
    try {
      // It takes as long as it takes to connect.
      const patiently = { signal: this.#stop.signal, timeoutMs: Number.POSITIVE_INFINITY };
      const channel = await this.#chat.join(this.#id, { history: 50, ...this.options, ...patiently });
      this.#isJoining = false;
      this.#follow(channel);
    } catch (cause) {
      this.#isJoining = false;
      this.#fail(asClientError(cause));
    }
  }

  #follow(channel: Channel): void {
    this.#stopFollowing();
    this.#backoff.reset();
    this.#channel = channel;
    if (!this.#isHeld) {
      this.#leave();
      return;
    }
    const tell = ({ status, error }: ChannelState) => this.#set(this.#toHandle(status, error));
    this.#stopFollowing = channel.state.subscribe(tell);
    tell(channel.state.get());
  }

  #fail(error: ChatError): void {
    if (!this.#isHeld) return;
    this.#hasFailed = true;
    this.#set(this.#toHandle(error.retryable ? 'joining' : 'failed', error));
    if (error.retryable && this.#chat.connection.get().status === 'connected')
      this.#retry = setTimeout(this.#join, this.#backoff.nextDelayMs(error.retryAfterMs));
  }

  /** Leaves the channel once none of its messages waits to be sent or has failed: leaving forgets those. */
  #leave(): void {
    this.#stopFollowing();
    const channel = this.#channel;
    if (!channel) return;
    const tryToLeave = () => {
      if (channel.view.get().messages.some(({ status }) => status !== 'sent')) return;
      this.#stopLeaving();
      this.#channel = undefined;
      channel.leave().catch(() => {});
    };
    this.#stopLeaving = channel.view.subscribe(tryToLeave);
    tryToLeave();
  }

  #toHandle(state: ChannelHandle['state'], error?: ChatError): ChannelHandle {
    return { channel: this.#isHeld ? this.#channel : undefined, state, error, join: this.#join };
  }
}

const HELD = /* @__PURE__ */ new WeakMap<ChatClient, Map<string, HeldChannel>>();

/** The one {@link HeldChannel} that a client has of a channel. */
export function heldChannel(chat: ChatClient, channelId: string): HeldChannel {
  const channels = HELD.get(chat) ?? new Map<string, HeldChannel>();
  HELD.set(chat, channels);
  const key = String(channelId).toLowerCase();
  const held = channels.get(key) ?? new HeldChannel(chat, channelId);
  channels.set(key, held);
  return held;
}
