import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

/** A contract for tests, with nothing of chat in it. */
export const board = defineContract({
  name: 'board',
  version: '1.0.0',
  errors: { CARD_NOT_FOUND: { description: 'No such card.', retryable: false, action: 'Reload the board.' } },
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card.',
      payload: Type.Object({ cardId: Type.String({ format: 'uuid' }), column: Type.Enum(['todo', 'done']) }),
      reply: Type.Object({ position: Type.Integer() }),
      errors: ['CARD_NOT_FOUND'],
    }),
    refresh: defineEvent({ description: 'Ask for the board again.' }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ cardId: Type.String() }),
    }),
    refreshed: defineEvent({ description: 'The board was sent again.' }),
  },
});

export const CARD = '123e4567-e89b-12d3-a456-426614174000';
