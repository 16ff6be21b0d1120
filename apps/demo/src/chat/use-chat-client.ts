import { type ChatClient, createChatClient } from '@wirepact/client';
import { createIndexedDbOutboxStorage } from '@wirepact/client/indexeddb';
import { useEffect, useState } from 'react';
import { type WaitingSends, watchSends } from './waiting-sends';

/** Who sends from this window. */
export interface Sender {
  readonly entityId: string;
  readonly entityName: string;
}

/** How long a message waits for the server before it counts as failed, in milliseconds. */
const SEND_TIMEOUT_MS = 30 * 60_000;

/**
 * A client connected to the server this page came from, once there is a name; a new one whenever the sender changes.
 * What it could not send yet is in `waiting`, which survives a reload.
 */
export function useChatClient({ entityId, entityName }: Sender): {
  readonly chat: ChatClient | undefined;
  readonly waiting: WaitingSends;
} {
  const [waiting] = useState(() => watchSends(createIndexedDbOutboxStorage(), entityId));
  const [chat, setChat] = useState<ChatClient>();
  useEffect(() => {
    if (entityName === '') return;
    const client = createChatClient(window.location.origin, {
      ...{ entityId, entityName, sendTimeoutMs: SEND_TIMEOUT_MS },
      outbox: { storage: waiting.storage },
    });
    setChat(client);
    return () => client.close();
  }, [entityId, entityName, waiting]);
  return { chat, waiting };
}
