import type { ChatClient, StoredSend } from '@wirepact/client';
import { useEffect, useRef } from 'react';
import { CHANNEL_JOIN } from './use-membership';
import { useObservable } from './use-observable';

const idsOf = (sends: readonly StoredSend[]) => [
  ...new Set(sends.filter(({ error }) => !error).map(({ payload }) => payload.channelId)),
];

/** Has what an earlier page left for channels that this one has not shown sent, too: a join does. */
export function useLeftSends(chat: ChatClient, shownId: string, sends: readonly StoredSend[]): void {
  const isConnected = useObservable(chat.connection).status === 'connected';
  const shown = useRef(new Set<string>());
  shown.current.add(shownId);

  useEffect(() => {
    if (!isConnected) return;
    // What fails here is tried again with the next message, or the next connection.
    for (const id of idsOf(sends)) if (!shown.current.has(id)) chat.join(id, CHANNEL_JOIN).catch(() => {});
  }, [chat, isConnected, sends]);
}
