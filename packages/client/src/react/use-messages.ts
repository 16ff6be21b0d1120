import { useCallback } from 'react';
import type { Channel } from '../chat/channel/channel';
import type { ChannelView, OutboxWait, ViewMessage } from '../chat/channel/channel-view';
import type { ChatError } from '../chat/chat-error';
import { constant } from './hold';
import { useTarget } from './use-channel';
import { useSelected, useStable } from './use-observable';

/** The messages of a channel; the same object until something in it changes. */
export interface Messages {
  /** As in `ChannelView.messages`: the server's, then this client's own on their way. The same array until one changes. */
  readonly messages: readonly ViewMessage[];
  /** Those of them that are on their way, or have failed. */
  readonly outgoing: readonly ViewMessage[];
  /** What the first of those waits for; absent where none waits, or it is being sent. */
  readonly waiting?: OutboxWait | undefined;
  /** Whether there may be messages before the first one. */
  readonly hasOlder: boolean;
  /** Whether the channel is being joined, or history loaded. */
  readonly isLoading: boolean;
  /** Why the last load of history failed; absent once one succeeds. */
  readonly error?: ChatError | undefined;
  /** Loads the 50 messages before the first one; resolves when that has ended, whether or not it failed. */
  readonly loadOlder: () => Promise<void>;
}

/** What {@link Messages} has of a view. */
type Shown = Pick<ChannelView, 'messages' | 'waiting' | 'hasOlder' | 'loading' | 'loadError'>;

const NONE: Shown = { messages: [], hasOlder: false, loading: false };
const NOTHING = /* @__PURE__ */ constant(NONE);

const toShown = ({ messages, waiting, hasOlder, loading, loadError }: Shown): Shown => ({
  messages,
  waiting,
  hasOlder,
  loading,
  loadError,
});
const toOutgoing = ({ messages }: Shown) => messages.filter(({ status }) => status !== 'sent');

/**
 * The messages of a channel, always right: in order, without gaps, this client's own from the moment they are sent. The
 * channel is given as {@link useChannel} does, or by its id, which joins it.
 * @throws WirepactError `INVALID_OPTIONS` where there is no `ChatProvider`
 */
export function useMessages(channelOrId: Channel | string | undefined): Messages {
  const { channel, isJoining } = useTarget(channelOrId);
  const view = channel?.view ?? NOTHING;
  const shown = useSelected(view, toShown, NONE);
  const outgoing = useSelected(view, toOutgoing, NONE.messages);
  // The view says why it failed.
  const loadOlder = useCallback(async () => channel?.loadOlder().catch(() => {}), [channel]);
  const { messages, waiting, hasOlder, loading, loadError: error } = shown;
  const isLoading = loading || isJoining;
  return useStable({ messages, outgoing, waiting, hasOlder, isLoading, error, loadOlder });
}
