import type { Channel, ChatClient } from '@wirepact/client';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { createId } from '../page/create-id';
import { channelApi } from './channel-api';
import { EMPTY_MESSAGE_LIST, type MessageList, reduceMessageList, type SentMessage } from './message-list';
import { toWirepactError } from './to-wirepact-error';
import type { Membership } from './use-membership';
import type { ReportError } from './use-notices';

/** A channel's messages and what can be done with them. */
export interface Messages {
  readonly list: MessageList;
  readonly send: (text: string) => void;
  readonly retry: (clientMessageId: string, text: string) => void;
  readonly discard: (clientMessageId: string) => void;
  readonly remove: (messageId: string) => void;
  readonly loadOlder: () => void;
}

let lastRequest = 0;

/** Keeps the messages of a channel up to date: history over HTTP, everything after it over the wire. */
export function useMessages(
  chat: ChatClient,
  entityName: string,
  { channel, status }: Membership,
  report: ReportError,
): Messages {
  const [list, dispatch] = useReducer(reduceMessageList, EMPTY_MESSAGE_LIST);
  const firstId = useRef<string>(undefined);
  firstId.current = list.sent[0]?.id;

  // Listens before history is asked for, so that nothing falls in between.
  useEffect(() => {
    const stops = channel && [
      channel.on('messageBroadcast', (message) => dispatch({ type: 'received', message })),
      channel.on('messageDeleted', ({ messageId }) => dispatch({ type: 'deleted', messageId })),
      channel.on('channelCleared', () => dispatch({ type: 'cleared' })),
      channel.on('channelDeleted', () => dispatch({ type: 'channelDeleted' })),
      channel.on('messageComplete', () => dispatch({ type: 'answered' })),
    ];
    return () => {
      for (const stop of stops ?? []) stop();
    };
  }, [channel]);

  useEffect(() => {
    if (!channel || status !== 'joined') return dispatch({ type: 'interrupted' });
    lastRequest += 1;
    const request = lastRequest;
    dispatch({ type: 'historyRequested', request });
    channelApi.listMessages(channel.id).then(
      (page) => dispatch({ type: 'historyLoaded', request, ...page }),
      (cause: unknown) => {
        dispatch({ type: 'historyFailed', request });
        report(toWirepactError(cause));
      },
    );
  }, [channel, status, report]);

  const deliver = useCallback(
    async (to: Channel, text: string, clientMessageId: string) => {
      try {
        const { messageId: id, createdAt } = await to.send(text, { messageId: clientMessageId });
        const message: SentMessage = {
          ...{ id, createdAt, text, roomId: to.id, senderId: chat.entityId, senderName: entityName },
          ...{ serverId: '', source: 'socketio_client' },
        };
        dispatch({ type: 'acknowledged', clientMessageId, message });
      } catch (cause) {
        const error = toWirepactError(cause);
        dispatch({ type: 'failed', clientMessageId, error });
        report(error);
      }
    },
    [chat, entityName, report],
  );

  const send = useCallback(
    (text: string) => {
      if (!channel) return;
      const clientMessageId = createId();
      dispatch({ type: 'written', clientMessageId, text, createdAt: Date.now() });
      void deliver(channel, text, clientMessageId);
    },
    [channel, deliver],
  );

  const retry = useCallback(
    (clientMessageId: string, text: string) => {
      if (!channel) return;
      dispatch({ type: 'retried', clientMessageId });
      void deliver(channel, text, clientMessageId);
    },
    [channel, deliver],
  );

  const discard = useCallback(
    (clientMessageId: string) => dispatch({ type: 'discarded', clientMessageId }),
    [],
  );

  const remove = useCallback(
    (messageId: string) => {
      if (!channel) return;
      channelApi.deleteMessage(channel.id, messageId).catch((cause: unknown) => {
        const error = toWirepactError(cause);
        // Somebody else was faster: then it is gone, as asked.
        if (error.code === 'MESSAGE_NOT_FOUND') dispatch({ type: 'deleted', messageId });
        else report(error);
      });
    },
    [channel, report],
  );

  const loadOlder = useCallback(() => {
    const before = firstId.current;
    if (!channel || before === undefined) return;
    channelApi.listMessages(channel.id, before).then(
      (page) => dispatch({ type: 'olderLoaded', before, ...page }),
      (cause: unknown) => report(toWirepactError(cause)),
    );
  }, [channel, report]);

  return { list, send, retry, discard, remove, loadOlder };
}
