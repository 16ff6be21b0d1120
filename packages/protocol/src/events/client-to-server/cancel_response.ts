import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { channelById } from '../../entities/rooms';

/** Stop an answer. */
export const cancel_response = defineEvent({
  description:
    'Stop an answer that an agent is giving, or is yet to give. What was said is kept; all members hear of its end. Only for members of the channel.',
  payload: Type.Object({
    channelId: uuid('Channel of the answer.'),
    messageId: uuid('Id of the answer, as its chunks have it.'),
  }),
  reply: Type.Object({
    cancelled: Type.Boolean({ description: 'False where the answer has ended already, or there is none.' }),
  }),
  examples: [
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      messageId: '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d',
    },
  ],
  since: '1.2',
  room: channelById,
});
