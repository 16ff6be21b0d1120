import * as Type from 'typebox';
import { openObject } from './open-object';

/**
 * Links that a page may follow: `http:`, `https:`, relative ones, and `data:` with an image (SVG aside), audio or video.
 * A browser drops control characters and leading blanks before it looks for a scheme, so none may be there.
 */
const FOLLOWABLE_LINK =
  '^(?! )(?:[hH][tT][tT][pP][sS]?:|[dD][aA][tT][aA]:(?:image/(?![sS][vV][gG])|audio/|video/)|(?![a-zA-Z][a-zA-Z0-9+.-]*:))[^\\u0000-\\u001f\\u007f]*$';

/** A file that belongs to a message. */
export const attachment = openObject(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 8192,
      pattern: FOLLOWABLE_LINK,
      description:
        'Where the file is: `http:`, `https:`, a relative link, or `data:` with an image (not SVG), audio or video.',
    }),
    type: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'What kind of file it is, such as `image/png`.',
    }),
  },
  { title: 'Attachment', description: 'A file that belongs to the message.' },
);
