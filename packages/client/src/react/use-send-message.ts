import { useMemo } from 'react';
import type { Channel, SendOptions, SentMessage } from '../chat/channel/channel';
import type { ChatError } from '../chat/chat-error';
import type { SafeResult } from '../runtime/contract-client';
import { useChatClient } from './chat-provider';
import { useCalls } from './use-calls';
import { useTarget } from './use-channel';
import { useStable } from './use-observable';

/** How a component sends messages; the same object until something in it changes. What fails is in the list, too. */
export interface SendMessage {
  /** As `Channel.send`, but never rejects; before the channel is joined it waits for that. */
  readonly send: (text: string, options?: SendOptions) => Promise<SafeResult<SentMessage, ChatError>>;
  /** Sends a message that failed again, by its `clientMessageId`. */
  readonly retry: (clientMessageId: string) => Promise<SafeResult<SentMessage, ChatError>>;
  /** Takes a message that failed, or that waits, out of the list. */
  readonly discard: (clientMessageId: string) => void;
  /** Whether a message of this component is on its way. */
  readonly isSending: boolean;
  /** Why the last message that ended was not sent; absent once another is. */
  readonly error: ChatError | undefined;
}

/**
 * Sends messages to a channel, which is given as {@link useChannel} does, or by its id, which joins it. They are in
 * {@link useMessages} from the moment they are sent.
 * @throws WirepactError `INVALID_OPTIONS` where there is no `ChatProvider`
 */
export function useSendMessage(channelOrId: Channel | string): SendMessage {
  const chat = useChatClient();
  const { channel } = useTarget(channelOrId);
  const { run, isPending: isSending, error } = useCalls<SentMessage>();
  const actions = useMemo(() => {
    const act = (send: (joined: Channel) => Promise<SentMessage>) =>
      // The join that is under way.
      run(async () =>
        send(channel ?? (await chat.join(String(channelOrId), { timeoutMs: Number.POSITIVE_INFINITY }))),
      );
    return {
      send: (text: string, options?: SendOptions) => act((joined) => joined.send(text, options)),
      retry: (clientMessageId: string) => act((joined) => joined.retry(clientMessageId)),
      discard: (clientMessageId: string) => void channel?.discard(clientMessageId),
    };
  }, [chat, channel, channelOrId, run]);
  return useStable({ ...actions, isSending, error });
}
