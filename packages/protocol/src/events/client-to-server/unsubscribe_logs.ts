import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

/** Stop receiving log entries. */
export const unsubscribe_logs = defineEvent({
  description: 'Unsubscribe from log updates. Carries no payload; harmless where there is no subscription.',
  reply: Type.Object({ subscribed: Type.Boolean({ description: 'False: no entries follow.' }) }),
});
