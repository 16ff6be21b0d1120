import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

const payload = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 40, description: 'Who waves.' }),
});

/** People who wave at each other, beside the chat. */
export const waves = defineContract({
  name: 'waves',
  version: '1.0.0',
  clientToServer: { wave: defineEvent({ description: 'Waves at everybody.', payload }) },
  serverToClient: { waved: defineEvent({ description: 'Somebody waved.', payload }) },
});
