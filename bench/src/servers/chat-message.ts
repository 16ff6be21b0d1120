import { randomUUID } from 'node:crypto';

/** What a client sends. */
export interface MessagePayload {
  channelId: string;
  serverId: string;
  text: string;
  entityId: string;
  entityName: string;
  messageId: string;
}

/** A message as clients are shown it. */
export const createMessage = ({ channelId, serverId, text, entityId, entityName }: MessagePayload) => ({
  ...{ id: randomUUID(), senderId: entityId, senderName: entityName, text, roomId: channelId, serverId },
  ...{ createdAt: Date.now(), source: 'socketio_client' },
});
