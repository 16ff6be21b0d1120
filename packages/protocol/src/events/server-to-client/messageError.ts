import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { issue } from '../../entities/issue';

/** A client-to-server event that failed. */
export const messageError = defineEvent({
  description:
    'Sent, to whoever sent it, when a client-to-server event fails. Since 1.1 it also carries what a failed acknowledgement does.',
  payload: Type.Object({
    error: Type.String({ description: 'Error message, for a developer to read.' }),
    clientMessageId: Type.Optional(Type.String({ description: 'Client message id, if available.' })),
    event: Type.Optional(Type.String({ description: 'Since 1.1: name of the event that failed.' })),
    code: Type.Optional(Type.String({ description: 'Since 1.1: stable error code.' })),
    retryable: Type.Optional(
      Type.Boolean({ description: 'Since 1.1: whether the same request may succeed later.' }),
    ),
    issues: Type.Optional(Type.Array(issue, { description: 'Since 1.1: what is wrong with the payload.' })),
    retryAfterMs: Type.Optional(
      Type.Integer({ description: 'Since 1.1: milliseconds to wait before a retry.' }),
    ),
  }),
  examples: [{ error: '/text is required', clientMessageId: 'client-msg-456' }],
});
