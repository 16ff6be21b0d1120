import {
  type Channel,
  type OutboxWait,
  type StoredSend,
  type ViewMessage,
  WirepactError,
} from '@wirepact/client';
import { type ChannelHandle, useMessages, useSendMessage } from '@wirepact/client/react';
import { useCallback, useEffect } from 'react';
import { createId } from '../page/create-id';
import { channelApi } from './channel-api';
import { toWirepactError } from './to-wirepact-error';
import type { ReportError } from './use-notices';

/** What is said in a channel, and what can be done with it. */
export interface Room {
  readonly messages: readonly ViewMessage[];
  /** False until history was loaded once. */
  readonly isLoaded: boolean;
  /** Whether there are messages before the first one. */
  readonly hasOlder: boolean;
  /** What keeps the first message that waits from being sent. */
  readonly waiting: OutboxWait | undefined;
  readonly send: (text: string) => void;
  readonly retry: (clientMessageId: string) => void;
  readonly discard: (clientMessageId: string) => void;
  readonly remove: (messageId: string) => void;
  readonly loadOlder: () => void;
}

/** Codes of what a view does not take. */
const REFUSED = new Set(['INVALID_PAYLOAD', 'OUTBOX_FULL']);

const isInView = (channel: Channel | undefined, clientMessageId: string) =>
  channel?.view.get().messages.some((message) => message.clientMessageId === clientMessageId);

/** A kept message as a view shows it. */
const toViewMessage = ({ payload, order, error }: StoredSend): ViewMessage => ({
  ...{ key: payload.messageId, clientMessageId: payload.messageId, text: payload.text, createdAt: order },
  ...{ roomId: payload.channelId, serverId: payload.serverId },
  ...{ senderId: payload.entityId, senderName: payload.entityName ?? '' },
  ...(error
    ? { status: 'failed', error: new WirepactError(error.code, error.message) }
    : { status: 'pending' }),
});

/**
 * What is said in a channel; until it is joined, those messages `kept` to be sent there. A text that cannot even be put
 * among them is reported and given to `takeBack`.
 */
export function useRoom(
  channelId: string,
  { channel, state }: ChannelHandle,
  kept: readonly StoredSend[],
  report: ReportError,
  takeBack: (text: string) => void,
): Room {
  const { messages, hasOlder, isLoading, error, waiting, loadOlder } = useMessages(channelId);
  const { send: sendMessage, retry, discard } = useSendMessage(channelId);
  const isEmpty = hasOlder && !error && !messages.some(({ status }) => status === 'sent');

  // Where all that was loaded has been deleted since.
  useEffect(() => {
    if (isEmpty && !isLoading && state === 'joined') loadOlder();
  }, [isEmpty, isLoading, state, loadOlder]);
  useEffect(() => {
    if (error) report(error);
  }, [error, report]);

  const send = useCallback(
    async (text: string) => {
      const messageId = createId();
      const result = await sendMessage(text, { messageId });
      // What is in the view says itself why it was not sent.
      if (result.ok || isInView(channel, messageId)) return;
      report(result.error);
      if (REFUSED.has(result.error.code)) takeBack(text);
    },
    [channel, sendMessage, report, takeBack],
  );

  const remove = useCallback(
    (messageId: string) => {
      channelApi.deleteMessage(channelId, messageId).catch((cause: unknown) => {
        const failure = toWirepactError(cause);
        // Somebody else was faster: then it is gone, as asked.
        if (failure.code !== 'MESSAGE_NOT_FOUND') report(failure);
      });
    },
    [channelId, report],
  );

  return {
    messages: channel ? messages : kept.map(toViewMessage),
    isLoaded: channel !== undefined && !isEmpty,
    hasOlder: hasOlder && !isEmpty,
    ...{ waiting, send, retry, discard, remove, loadOlder },
  };
}
