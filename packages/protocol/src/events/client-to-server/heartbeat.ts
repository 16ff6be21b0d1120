import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

/** Measure the connection. */
export const heartbeat = defineEvent({
  description: 'Ask for an answer, to measure how long one takes on this connection. Carries no payload.',
  reply: Type.Object({
    time: Type.Integer({ minimum: 0, description: 'The server’s clock, Unix time in milliseconds.' }),
  }),
  since: '1.1',
});
