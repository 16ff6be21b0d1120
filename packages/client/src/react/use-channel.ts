import { useEffect } from 'react';
import type { Channel } from '../chat/channel/channel';
import type { ChannelView } from '../chat/channel/channel-view';
import { useChatClient } from './chat-provider';
import { type ChannelOptions, type HeldState, heldChannel } from './held-channel';
import { constant } from './hold';
import { useObservable, useSelected, useStable } from './use-observable';

/** A channel as components see it; the same object until something in it changes. */
export interface ChannelHandle extends HeldState {
  /** Its name, topic, metadata and others, as far as they are known. */
  readonly properties: ChannelView['properties'];
}

const JOINING: HeldState = { state: 'joining', join: () => {} };
const NO_VIEW: Pick<ChannelView, 'properties'> = { properties: {} };
const NOTHING = /* @__PURE__ */ constant(NO_VIEW);
const toProperties = ({ properties }: Pick<ChannelView, 'properties'>) => properties;

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
  const { channel, state, error, join } = useObservable(held.handle, JOINING);
  const properties = useSelected(channel?.view ?? NOTHING, toProperties, NO_VIEW.properties);
  return useStable({ channel, state, error, join, properties });
}

/** What hooks know of the channel they are for. */
interface Target {
  /** Absent until it was joined. */
  readonly channel?: Channel | undefined;
  readonly isJoining: boolean;
}

const NOWHERE = /* @__PURE__ */ constant(JOINING);
const toTarget = ({ channel, state }: HeldState): Target => ({ channel, isJoining: state === 'joining' });
const NO_TARGET = /* @__PURE__ */ toTarget(JOINING);

/** The channel that a hook is for: given as such, or by its id, which joins it as {@link useChannel} does. */
export function useTarget(target: Channel | string | undefined): Target {
  const chat = useChatClient();
  const handle = typeof target === 'string' ? heldChannel(chat, target).handle : NOWHERE;
  const held = useSelected(handle, toTarget, NO_TARGET);
  return typeof target === 'object' ? { channel: target, isJoining: false } : held;
}
