import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

/** The server is about to end this connection. */
export const connection_ended = defineEvent({
  description: 'The last event before the server ends a connection, where it can still be written to.',
  payload: Type.Object({
    reason: Type.String({ maxLength: 64, description: 'A stable code, such as `IDENTITY_EXPIRED`.' }),
    message: Type.String({ maxLength: 1024, description: 'What happened, for a developer to read.' }),
    reconnect: Type.Boolean({ description: 'Whether connecting again makes sense.' }),
  }),
  examples: [
    {
      reason: 'IDENTITY_EXPIRED',
      message: 'The credentials of this connection have expired.',
      reconnect: true,
    },
  ],
  since: '1.2',
});
