import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { entityId, uuid } from '../../entities/ids';
import { channelById } from '../../entities/rooms';

/** An answer that ended before it was whole. */
export const messageStreamError = defineEvent({
  description:
    'Broadcast to a channel when an answer ends before it is whole: the agent failed, was too slow, was cancelled, or its process is gone. What it had said is kept as a message with `incomplete`.',
  payload: Type.Object({
    messageId: uuid('Id of the answer; its message has it, where anything was said.'),
    channelId: uuid('Channel of the answer.'),
    agentId: entityId('Agent that answered.'),
    inReplyToMessageId: uuid('Message that was to be answered.'),
    code: Type.String({
      maxLength: 64,
      description: 'A stable code: `AGENT_FAILED`, `AGENT_TIMEOUT`, `RESPONSE_CANCELLED` or `AGENT_LOST`.',
    }),
    error: Type.String({ maxLength: 1024, description: 'What happened, for people to read.' }),
    partialText: Type.Optional(Type.String({ description: 'What was said, where anything was.' })),
  }),
  examples: [
    {
      messageId: '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d',
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      agentId: '987fcdeb-51a2-43f1-b012-123456789abc',
      inReplyToMessageId: '0192f0c1-7b1d-7c3a-9d55-8f2f3a1b4c5d',
      code: 'AGENT_FAILED',
      error: 'Eliza could not answer.',
      partialText: 'How do you ',
    },
  ],
  since: '1.2',
  room: channelById,
});
