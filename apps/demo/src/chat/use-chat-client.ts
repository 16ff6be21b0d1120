import { type ChatClient, createChatClient } from '@wirepact/client';
import { useEffect, useState } from 'react';

/** Who sends from this window. */
export interface Sender {
  readonly entityId: string;
  readonly entityName: string;
}

/** A client connected to the server this page came from, once there is a name; a new one whenever the sender changes. */
export function useChatClient({ entityId, entityName }: Sender): ChatClient | undefined {
  const [chat, setChat] = useState<ChatClient>();
  useEffect(() => {
    if (entityName === '') return;
    const client = createChatClient(window.location.origin, { entityId, entityName });
    setChat(client);
    return () => client.close();
  }, [entityId, entityName]);
  return chat;
}
