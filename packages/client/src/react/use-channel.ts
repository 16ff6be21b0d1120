import { useEffect } from 'react';
import type { Channel } from '../chat/channel/channel';
import { useChatClient } from './chat-provider';
import { type ChannelHandle, type ChannelOptions, heldChannel } from './held-channel';
import { constant } from './hold';
import { useObservable, useSelected } from './use-observable';

const JOINING: ChannelHandle = { state: 'joining', join: () => {} };

/**
 * Joins a channel and stays in it over reconnects, as long as a component is there that uses it: the last one leaves it,
 * once none of its messages waits to be sent. A join that is refused for now is tried again. The `options` count where
 * the channel is joined.
 *
 * @example
 * const { channel, state, error } = useChannel(channelId, { agentId });
 * if (state === 'failed') return <p role="alert">{error?.message}</p>;
 * @throws WirepactError `INVALID_OPTIONS` where there is no `ChatProvider`
 */
export function useChannel(channelId: string, options?: ChannelOptions): ChannelHandle {
  const held = heldChannel(useChatClient(), channelId);
  useEffect(() => {
    held.options = options ?? held.options;
  });
  return useObservable(held.handle, JOINING);
}

/** What hooks know of the channel they are for. */
interface Target {
  /** Absent until it was joined. */
  readonly channel?: Channel | undefined;
  readonly isJoining: boolean;
}

const NOWHERE = /* @__PURE__ */ constant(JOINING);
const toTarget = ({ channel, state }: ChannelHandle): Target => ({ channel, isJoining: state === 'joining' });
const NO_TARGET = /* @__PURE__ */ toTarget(JOINING);

/** The channel that a hook is for: given as such, or by its id, which joins it as {@link useChannel} does. */
export function useTarget(target: Channel | string | undefined): Target {
  const chat = useChatClient();
  const handle = typeof target === 'string' ? heldChannel(chat, target).handle : NOWHERE;
  const held = useSelected(handle, toTarget, NO_TARGET);
  return typeof target === 'object' ? { channel: target, isJoining: false } : held;
}
