import * as Type from 'typebox';

/** One thing that is wrong with a payload, as it travels on the wire. */
export const issue = Type.Object(
  {
    path: Type.String({ description: 'JSON Pointer to the value at fault; empty for the payload itself.' }),
    message: Type.String({ description: 'What is wrong there.' }),
    keyword: Type.String({
      description: 'The JSON Schema keyword that failed, or the bound that was passed.',
    }),
  },
  { title: 'PayloadIssue', description: 'One thing that is wrong with a payload.' },
);
