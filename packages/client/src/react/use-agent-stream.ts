import { useCallback } from 'react';
import type { Channel } from '../chat/channel/channel';
import type { ChannelView, ViewMessage } from '../chat/channel/channel-view';
import type { ChatError } from '../chat/chat-error';
import { constant } from './hold';
import { useCalls } from './use-calls';
import { useTarget } from './use-channel';
import { useSelected, useStable } from './use-observable';

/** The answers that agents are giving; the same object until something in it changes. */
export interface AgentStream {
  /** They are in `useMessages`, too. The same array until one changes. */
  readonly answers: readonly ViewMessage[];
  /** Whether there is any. */
  readonly isStreaming: boolean;
  /** Stops them, for everybody; what was said is kept. Resolves when that was asked for; it never rejects. */
  readonly stop: () => Promise<void>;
  /** Why they were not stopped. */
  readonly error: ChatError | undefined;
}

const NONE: Pick<ChannelView, 'streams'> = { streams: [] };
const NOTHING = /* @__PURE__ */ constant(NONE);
const toStreaming = ({ streams }: Pick<ChannelView, 'streams'>) =>
  streams.filter(({ isStreaming }) => isStreaming);

/**
 * The answers that agents are giving in a channel, as far as they have come. The channel is given as `useChannel` does, or
 * by its id, which joins it.
 * @throws WirepactError `INVALID_OPTIONS` where there is no `ChatProvider`
 */
export function useAgentStream(channelOrId: Channel | string | undefined): AgentStream {
  const { channel } = useTarget(channelOrId);
  const view = channel?.view;
  const answers = useSelected(view ?? NOTHING, toStreaming, NONE.streams);
  const { run, error } = useCalls<unknown>();
  const stop = useCallback(async () => {
    const asked = (view?.get().streams ?? []).map(({ id = '' }) => channel?.cancel(id));
    await run(() => Promise.all(asked));
  }, [channel, view, run]);
  return useStable({ answers, isStreaming: answers.length > 0, stop, error });
}
