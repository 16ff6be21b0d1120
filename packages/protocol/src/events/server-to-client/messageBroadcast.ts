import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { clientMessageId, entityId, uuid } from '../../entities/ids';

/** A new message in a channel. */
export const messageBroadcast = defineEvent({
  description:
    'Broadcast to all clients in a channel, the sender included, when a new message is sent to it.',
  payload: Type.Object({
    id: uuid('Server-assigned message id.'),
    senderId: entityId('Sender’s entity id.'),
    senderName: Type.String({ description: 'Sender’s display name.' }),
    text: Type.String({ description: 'Message content.' }),
    roomId: uuid('Channel of the message, called `roomId` for client compatibility.'),
    serverId: uuid('Server of the message.'),
    createdAt: Type.Integer({ minimum: 0, description: 'Unix time in milliseconds.' }),
    source: Type.String({ description: 'Message source type: `socketio_client` or `agent_response`.' }),
    clientMessageId: Type.Optional(
      clientMessageId('The sender’s own message id; only sent back to the sender.'),
    ),
    thought: Type.Optional(Type.String({ description: 'Agent’s internal thought process.' })),
    actions: Type.Optional(Type.Array(Type.Unknown(), { description: 'Agent actions taken.' })),
    attachments: Type.Optional(Type.Array(Type.Unknown(), { description: 'Message attachments.' })),
  }),
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
});
