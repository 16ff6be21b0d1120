import { defineEvent } from '@wirepact/contract';
import { broadcastMessage } from '../../entities/broadcast-message';
import { channelByRoomId } from '../../entities/rooms';

/** A new message in a channel. */
export const messageBroadcast = defineEvent({
  description:
    'Broadcast to all clients in a channel, the sender included, when a new message is sent to it.',
  payload: broadcastMessage,
  examples: [
    {
      id: '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d',
      senderId: 'user-123',
      senderName: 'John Doe',
      text: 'Hello, how can I help you?',
      roomId: '123e4567-e89b-12d3-a456-426614174000',
      serverId: '00000000-0000-0000-0000-000000000000',
      createdAt: 1_790_000_000_000,
      source: 'socketio_client',
    },
  ],
  limits: { maxDepth: 16, maxProperties: 128, maxSize: 524_288 },
  room: channelByRoomId,
});
