import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

const Move = Type.Object({
  cardId: Type.String({ format: 'uuid' }),
  column: Type.String({ minLength: 1, maxLength: 64 }),
});

/** A small contract, such as a page has whose size is measured. */
export const board = defineContract({
  name: 'board',
  version: '1.0.0',
  clientToServer: {
    move_card: defineEvent({
      description: 'Moves a card to another column.',
      payload: Move,
      reply: Type.Object({ position: Type.Integer({ minimum: 0 }) }),
    }),
  },
  serverToClient: {
    cardMoved: defineEvent({ description: 'A card was moved.', payload: Move }),
  },
});
