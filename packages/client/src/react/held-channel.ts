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
export interface HeldChannel {
  readonly handle: Observable<HeldState>;
  /** What the next join says. */
  options: ChannelOptions | undefined;
}

function holdChannel(chat: ChatClient, id: string): HeldChannel {
  const { connection } = chat;
  const backoff = new Backoff({ minMs: 1_000, maxMs: 30_000, jitter: 0.5 });
  let channel: Channel | undefined;
  let isHeld = false;
  let isJoining = false;
  /** Whether the last attempt to join failed: the next connection is reason for another. */
  let hasFailed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stopFollowing = () => {};
  let stopLeaving = () => {};
  let tell: (state: HeldState['state'], error?: ChatError) => void = () => {};

  const join = async () => {
    if (isJoining || !isHeld) return;
    isJoining = true;
    hasFailed = false;
    clearTimeout(retry);
    try {
      // It takes as long as it takes to connect.
      follow(await chat.join(id, { history: 50, ...held.options, timeoutMs: Number.POSITIVE_INFINITY }));
    } catch (cause) {
      if (isHeld) fail(asClientError(cause));
    } finally {
      isJoining = false;
    }
  };

  const follow = (joined: Channel) => {
    stopFollowing();
    backoff.reset();
    channel = joined;
    if (!isHeld) return leave();
    const look = ({ status, error }: ChannelState) => tell(status, error);
    stopFollowing = joined.state.subscribe(look);
    look(joined.state.get());
  };

  const fail = (error: ChatError) => {
    hasFailed = true;
    tell(error.retryable ? 'joining' : 'failed', error);
    if (error.retryable && connection.get().status === 'connected')
      retry = setTimeout(join, backoff.nextDelayMs(error.retryAfterMs));
  };

  /** Leaves the channel once none of its messages waits to be sent or has failed: leaving forgets those. */
  const leave = () => {
    stopFollowing();
    const left = channel;
    if (!left) return;
    const tryToLeave = () => {
      if (left.view.get().messages.some(({ status }) => status !== 'sent')) return;
      stopLeaving();
      channel = undefined;
      left.leave().catch(() => {});
    };
    stopLeaving = left.view.subscribe(tryToLeave);
    tryToLeave();
  };

  const handle = createHold<HeldState>({ state: 'joining', join }, (set) => {
    isHeld = true;
    tell = (state, error) => set({ channel, state, error, join });
    stopLeaving();
    const stopWatching = connection.subscribe(({ status }) => {
      if (status === 'connected' && hasFailed) join();
    });
    // Components run their effects from the inside out: the options of those around may come after the first holder.
    queueMicrotask(join);
    return () => {
      isHeld = hasFailed = false;
      stopWatching();
      clearTimeout(retry);
      // A join that is under way leaves the channel once it is done.
      leave();
      set({ state: 'joining', join });
    };
  });

  const held: HeldChannel = { handle, options: undefined };
  return held;
}

const HELD = /* @__PURE__ */ new WeakMap<ChatClient, Map<string, HeldChannel>>();

/** The one {@link HeldChannel} that a client has of a channel. */
export function heldChannel(chat: ChatClient, channelId: string): HeldChannel {
  const channels = HELD.get(chat) ?? new Map<string, HeldChannel>();
  HELD.set(chat, channels);
  const key = channelId.toLowerCase();
  const held = channels.get(key) ?? holdChannel(chat, channelId);
  channels.set(key, held);
  return held;
}
