import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { clientMessageId, uuid } from '../../entities/ids';

/** The sender's receipt. */
export const messageAck = defineEvent({
  description: 'Sent only to the sender of a message, once the message is stored.',
  payload: Type.Object({
    clientMessageId: Type.Optional(clientMessageId('The sender’s own message id, where it gave one.')),
    messageId: uuid('Server-assigned message id.'),
    status: Type.Literal('success', { description: 'Processing status.' }),
  }),
  examples: [{ messageId: '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d', status: 'success' }],
});
