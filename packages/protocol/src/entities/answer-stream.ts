import * as Type from 'typebox';
import { entityId, uuid } from './ids';
import { toolUse } from './tool-use';

/** The offset or length of a text, in UTF-16 code units as JavaScript counts. */
export const textOffset = (description: string) => Type.Integer({ minimum: 0, description });

/** An answer under way, as far as it has come. */
export const answerStream = Type.Object(
  {
    messageId: uuid('Id that the message of the answer will have.'),
    agentId: entityId('Agent that answers.'),
    senderName: Type.String({ description: 'Display name of the agent.' }),
    inReplyToMessageId: uuid('Message that is answered.'),
    text: Type.String({ description: 'Text so far.' }),
    thought: Type.Optional(Type.String({ description: 'Thought so far, for those who may read it.' })),
    tools: Type.Array(toolUse, {
      description: 'Tools used so far, each with its result where there is one.',
    }),
    nextIndex: Type.Integer({ minimum: 0, description: 'Index of the chunk that comes next.' }),
  },
  { title: 'AnswerStream', description: 'An answer under way, as far as it has come.' },
);
