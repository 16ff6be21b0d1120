import { defineContract, defineEvent, type JournalEventOf } from '@wirepact/contract';
import * as Type from 'typebox';

const room = { name: 'board', property: 'boardId' } as const;
const boardId = Type.String({ maxLength: 40, description: 'The board.' });
const column = Type.Enum(['todo', 'doing', 'done'], { description: 'The column that the card is put in.' });
const Move = Type.Object({
  boardId,
  cardId: Type.String({ maxLength: 40, description: 'The card.' }),
  column,
  moveId: Type.Optional(
    Type.String({ format: 'uuid', description: 'Names the move, so that it takes place once.' }),
  ),
});

/** Columns of cards. */
export const Cards = Type.Record(Type.String(), column);
/** Columns of cards. */
export type Cards = Type.Static<typeof Cards>;

/** What the page and the server say to each other. */
export const board = defineContract({
  name: 'board',
  version: '1.0.0',
  errors: {
    NO_SUCH_CARD: { description: 'The board has no such card.', retryable: false, action: 'Move another.' },
  },
  clientToServer: {
    read_board: defineEvent({
      description: 'Asks where the cards are, and which place in the journal that is.',
      payload: Type.Object({ boardId }),
      reply: Type.Object({ state: Cards, epoch: Type.String(), seq: Type.Integer() }),
      room,
    }),
    move_card: defineEvent({
      description: 'Puts a card into a column.',
      payload: Move,
      errors: ['NO_SUCH_CARD'],
      key: 'moveId',
      room,
    }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'Somebody put a card into a column.',
      payload: Move,
      durable: true,
      key: 'moveId',
      room,
    }),
  },
});

/** What a move makes of a board: on the server, and in the page. */
export const moveCard = (
  cards: Cards,
  { payload: { cardId, column } }: JournalEventOf<typeof board, 'board'>,
): Cards => ({
  ...cards,
  [cardId]: column,
});

/** Where the cards of every board begin. */
export const FIRST_CARDS: Cards = {
  'Write the contract': 'done',
  'Serve it': 'doing',
  'Draw the page': 'doing',
  'Pull the plug': 'todo',
  'See every page agree': 'todo',
};
