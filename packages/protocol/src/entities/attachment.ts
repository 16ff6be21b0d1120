import { openObject } from '@wirepact/contract';
import * as Type from 'typebox';

/** A file that belongs to a message. */
export const attachment = openObject(
  {
    url: Type.String({ minLength: 1, maxLength: 8192, description: 'Where the file is.' }),
    type: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'What kind of file it is, such as `image/png`.',
    }),
  },
  { title: 'Attachment', description: 'A file that belongs to the message.' },
);
