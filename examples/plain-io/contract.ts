import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

const pollId = Type.String({ maxLength: 40, description: 'The poll.' });
const choice = Type.Enum(['tea', 'coffee'], { description: 'What is voted for.' });

/** What the app has been saying all along, written down. */
export const polls = defineContract({
  name: 'polls',
  version: '1.0.0',
  clientToServer: {
    watch: defineEvent({ description: 'Hears of the votes in a poll.', payload: Type.Object({ pollId }) }),
    vote: defineEvent({
      description: 'Votes in a poll.',
      payload: Type.Object({ pollId, choice }),
      reply: Type.Object({ votes: Type.Integer({ minimum: 1 }) }),
    }),
  },
  serverToClient: {
    voted: defineEvent({
      description: 'Somebody voted.',
      payload: Type.Object({ pollId, choice, votes: Type.Integer({ minimum: 1 }) }),
    }),
  },
});
