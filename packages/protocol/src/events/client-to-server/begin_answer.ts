import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { entityId, uuid } from '../../entities/ids';
import { seq } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** Begin an answer to a message, as an agent. */
export const begin_answer = defineEvent({
  description:
    'Begin an answer to a message, as an agent that is a client; its parts follow by `continue_answer`. Only for those whom the host lets answer.',
  payload: Type.Object({
    channelId: uuid('Channel of the message.'),
    inReplyToMessageId: uuid('Message that is answered.'),
    seq: seq('Number of that message.'),
    entityId: entityId('Agent that answers.'),
    entityName: Type.String({ minLength: 1, maxLength: 256, description: 'Display name of the agent.' }),
  }),
  reply: Type.Object({
    messageId: uuid('Id that the message of the answer will have.'),
  }),
  errors: ['CHANNEL_NOT_FOUND', 'MESSAGE_NOT_FOUND', 'AGENT_FAILED'],
  examples: [
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      inReplyToMessageId: '0192f0c1-7b1d-7c3a-9d55-8f2f3a1b4c5d',
      seq: 12,
      entityId: '987fcdeb-51a2-43f1-b012-123456789abc',
      entityName: 'Eliza',
    },
  ],
  since: '1.2',
  room: channelById,
  actor: 'entityId',
});
