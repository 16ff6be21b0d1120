import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { textOffset } from '../../entities/answer-stream';
import { entityId, uuid } from '../../entities/ids';
import { channelById } from '../../entities/rooms';
import { toolUse } from '../../entities/tool-use';

/** A part of an answer under way. */
export const messageStreamChunk = defineEvent({
  description:
    'Broadcast to a channel while an agent answers: the text that came since the last chunk, a tool it uses, or what it thinks.',
  payload: Type.Object({
    messageId: uuid('Id that the message of the answer will have.'),
    channelId: uuid('Channel of the answer.'),
    agentId: entityId('Agent that answers.'),
    senderName: Type.String({ description: 'Display name of the agent.' }),
    inReplyToMessageId: uuid('Message that is answered.'),
    index: Type.Integer({
      minimum: 0,
      description: 'Counts the chunks of the answer from 0; those that somebody may not read leave gaps.',
    }),
    offset: textOffset('Length of the text before this chunk, in UTF-16 code units.'),
    chunk: Type.String({ description: 'Text that follows; empty where the chunk tells something else.' }),
    tool: Type.Optional(toolUse),
    thought: Type.Optional(
      Type.String({ description: 'Thought that follows; only sent to those who may read it.' }),
    ),
  }),
  examples: [
    {
      messageId: '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d',
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      agentId: '987fcdeb-51a2-43f1-b012-123456789abc',
      senderName: 'Eliza',
      inReplyToMessageId: '0192f0c1-7b1d-7c3a-9d55-8f2f3a1b4c5d',
      index: 0,
      offset: 0,
      chunk: 'How do you ',
    },
  ],
  limits: { maxDepth: 16, maxProperties: 128, maxSize: 262_144 },
  since: '1.2',
  room: channelById,
});
