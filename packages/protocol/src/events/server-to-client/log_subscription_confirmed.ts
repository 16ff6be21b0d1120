import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

/** A log subscription that took effect. */
export const log_subscription_confirmed = defineEvent({
  description: 'Confirmation of log subscription.',
  payload: Type.Object({
    subscribed: Type.Boolean({ description: 'True.' }),
    message: Type.String({ description: 'Always `Successfully subscribed to log stream`.' }),
  }),
  examples: [{ subscribed: true, message: 'Successfully subscribed to log stream' }],
});
