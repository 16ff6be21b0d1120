import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

/** Start receiving log entries. */
export const subscribe_logs = defineEvent({
  description: 'Subscribe to real-time log updates. Carries no payload.',
  reply: Type.Object({ subscribed: Type.Boolean({ description: 'True: entries follow.' }) }),
});
