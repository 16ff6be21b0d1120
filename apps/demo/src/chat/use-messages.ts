import {
  type Channel,
  type ChannelView,
  type OutboxWait,
  type StoredSend,
  type ViewMessage,
  WirepactError,
} from '@wirepact/client';
import { useCallback, useEffect } from 'react';
import { createId } from '../page/create-id';
import { channelApi } from './channel-api';
import { toWirepactError } from './to-wirepact-error';
import { useChannelView } from './use-channel-view';
import type { Membership } from './use-membership';
import type { ReportError } from './use-notices';

/** A channel's messages and what can be done with them. */
export interface Messages {
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

const isSent = ({ status }: ViewMessage) => status === 'sent';

/** Whether a view waits for its first page: there is one, and nothing of it is here. */
const isEmptyOf = ({ messages, hasOlder, loadError }: ChannelView) =>
  hasOlder && !loadError && !messages.some(isSent);

const isInView = (channel: Channel, clientMessageId: string) =>
  channel.view.get().messages.some((message) => message.clientMessageId === clientMessageId);

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
 * The messages of a channel; until it is joined, those `kept` to be sent there. A text that cannot even be put
 * among them is reported and given to `takeBack`.
 */
export function useMessages(
  { channel, status }: Membership,
  kept: readonly StoredSend[],
  report: ReportError,
  takeBack: (text: string) => void,
): Messages {
  const view = useChannelView(channel);
  const isEmpty = isEmptyOf(view);

  const loadOlder = useCallback(() => {
    channel?.loadOlder().catch((cause: unknown) => report(toWirepactError(cause)));
  }, [channel, report]);

  // Joins the load that `join` began; begins one where all that was loaded has been deleted since.
  useEffect(() => {
    if (isEmpty && status === 'joined') loadOlder();
  }, [isEmpty, status, loadOlder]);

  const send = useCallback(
    (text: string) => {
      if (!channel) return;
      const messageId = createId();
      channel.send(text, { messageId }).catch((cause: unknown) => {
        // What is in the view says itself why it was not sent.
        if (isInView(channel, messageId)) return;
        const error = toWirepactError(cause);
        report(error);
        if (REFUSED.has(error.code)) takeBack(text);
      });
    },
    [channel, report, takeBack],
  );

  const retry = useCallback(
    (clientMessageId: string) => void channel?.retry(clientMessageId).catch(() => {}),
    [channel],
  );

  const discard = useCallback((clientMessageId: string) => void channel?.discard(clientMessageId), [channel]);

  const remove = useCallback(
    (messageId: string) => {
      if (!channel) return;
      channelApi.deleteMessage(channel.id, messageId).catch((cause: unknown) => {
        const error = toWirepactError(cause);
        // Somebody else was faster: then it is gone, as asked.
        if (error.code !== 'MESSAGE_NOT_FOUND') report(error);
      });
    },
    [channel, report],
  );

  return {
    messages: channel ? view.messages : kept.map(toViewMessage),
    isLoaded: channel !== undefined && !isEmpty,
    hasOlder: view.hasOlder && !isEmpty,
    waiting: view.waiting,
    ...{ send, retry, discard, remove, loadOlder },
  };
}
