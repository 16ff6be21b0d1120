import * as Type from 'typebox';

/** A tool that an agent uses: first the call, then the same `id` again with what came of it. */
export const toolUse = Type.Object(
  {
    id: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'Names this use of the tool within its turn.',
    }),
    name: Type.String({ minLength: 1, maxLength: 256, description: 'Name of the tool.' }),
    input: Type.Optional(Type.Unknown({ description: 'What the tool was given.' })),
    output: Type.Optional(Type.Unknown({ description: 'What the tool answered.' })),
    error: Type.Optional(
      Type.String({ maxLength: 8192, description: 'What went wrong, where the tool failed.' }),
    ),
  },
  { title: 'ToolUse', description: 'A tool that an agent uses: its call, or with the same `id` its result.' },
);
