import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

const room = { name: 'board', property: 'boardId' } as const;

/** A contract for tests with everything that events and errors may be declared with. */
export const live = defineContract({
  name: 'live',
  version: '1.0.0',
  errors: {
    CARD_LOCKED: {
      description: 'Somebody else has the card.',
      retryable: true,
      action: 'Wait until it is put down.',
      data: Type.Object({ by: Type.String({ description: 'Who has it.' }) }),
    },
    BOARD_FULL: { description: 'There is no room.', retryable: false, action: 'Remove cards.' },
  },
  presence: {
    board: Type.Object({ typing: Type.Optional(Type.Boolean({ description: 'Whether it writes.' })) }),
  },
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card.',
      payload: Type.Object({ boardId: Type.String(), cardId: Type.String(), moveId: Type.String() }),
      reply: Type.Object({ position: Type.Integer() }),
      errors: ['CARD_LOCKED', 'BOARD_FULL'],
      key: 'moveId',
      room,
    }),
    list_cards: defineEvent({
      description: 'All cards, one after the other.',
      payload: Type.Object({ after: Type.Optional(Type.String()) }),
      stream: Type.Object({ id: Type.String(), title: Type.String() }),
      resume: { item: 'id', payload: 'after' },
    }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ boardId: Type.String(), moveId: Type.Optional(Type.String()) }),
      durable: true,
      key: 'moveId',
      room,
    }),
    confirm_move: defineEvent({
      description: 'Ask whether a card may be moved.',
      payload: Type.Object({ cardId: Type.String() }),
      reply: Type.Object({ allowed: Type.Boolean() }),
    }),
  },
});
