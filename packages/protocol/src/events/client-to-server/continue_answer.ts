import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { answerPart } from '../../entities/answer-part';
import { entityId, uuid } from '../../entities/ids';
import { channelById } from '../../entities/rooms';

/** Go on with an answer, as an agent. */
export const continue_answer = defineEvent({
  description:
    'Go on with an answer that `begin_answer` has begun, or end it. The same `index` again is taken once, so that it may be sent again.',
  payload: Type.Object({
    channelId: uuid('Channel of the answer.'),
    messageId: uuid('Id of the answer.'),
    entityId: entityId('Agent that answers.'),
    index: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Counts these events of the answer, from 0.',
    }),
    parts: Type.Array(answerPart, { maxItems: 64, description: 'What follows, in order.' }),
    end: Type.Optional(
      Type.Enum(['done', 'failed'], {
        description: 'Ends the answer behind these parts: it is whole, or the agent has failed.',
      }),
    ),
  }),
  reply: Type.Object({}),
  errors: ['MESSAGE_NOT_FOUND'],
  limits: { maxDepth: 16, maxProperties: 800, maxSize: 262_144 },
  examples: [
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      messageId: '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d',
      entityId: '987fcdeb-51a2-43f1-b012-123456789abc',
      index: 0,
      parts: [{ text: 'How do you ' }, { text: 'feel?' }],
      end: 'done',
    },
  ],
  since: '1.2',
  room: channelById,
  actor: 'entityId',
});
