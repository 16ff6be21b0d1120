import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { attachment } from '../../entities/attachment';
import { clientMessageId, entityId, uuid } from '../../entities/ids';
import { openObject } from '../../entities/open-object';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** Send a message to a channel. */
export const send_message = defineEvent({
  description: 'Send a message to a channel.',
  payload: Type.Object({
    channelId: uuid('Target channel.'),
    serverId: uuid('Server the message belongs to.'),
    text: Type.String({ minLength: 1, maxLength: 65_536, description: 'Message content.' }),
    entityId: entityId('Sender’s entity id.'),
    entityName: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'Sender’s display name.' }),
    ),
    messageId: Type.Optional(clientMessageId('Client-side message id for tracking.')),
    inReplyToMessageId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'Id of the message being replied to.' }),
    ),
    attachments: Type.Optional(Type.Array(attachment, { maxItems: 32, description: 'File attachments.' })),
    metadata: Type.Optional(openObject({}, { description: 'Additional metadata, kept with the message.' })),
  }),
  reply: Type.Object({
    messageId: uuid('Server-assigned message id.'),
    createdAt: Type.Integer({
      minimum: 0,
      description: 'When the server took the message, Unix time in milliseconds.',
    }),
    ...journalPosition,
  }),
  errors: ['CHANNEL_NOT_FOUND'],
  limits: { maxDepth: 12, maxProperties: 64, maxSize: 262_144 },
  examples: [
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      serverId: '00000000-0000-0000-0000-000000000000',
      text: 'Hello, how can I help you?',
      entityId: 'user-123',
      entityName: 'John Doe',
      messageId: 'client-msg-456',
    },
  ],
  room: channelById,
  actor: 'entityId',
});
