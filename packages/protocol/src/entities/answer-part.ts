import * as Type from 'typebox';
import { attachment } from './attachment';
import { toolUse } from './tool-use';

/** A part of an agent's answer, as an agent elsewhere sends it. */
export const answerPart = Type.Object(
  {
    text: Type.Optional(Type.String({ maxLength: 4096, description: 'Text that follows.' })),
    thought: Type.Optional(Type.String({ maxLength: 4096, description: 'Thought that follows.' })),
    action: Type.Optional(
      Type.Unknown({ description: 'Something the agent did; goes with the answer’s message.' }),
    ),
    attachment: Type.Optional(attachment),
    tool: Type.Optional(toolUse),
  },
  { title: 'AnswerPart', description: 'A part of an agent’s answer.' },
);
