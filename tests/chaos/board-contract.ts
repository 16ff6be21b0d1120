import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';

const room = { name: 'board', property: 'boardId' } as const;
const boardId = Type.String();
const position = { epoch: Type.String(), seq: Type.Integer() };
const updates = Type.Record(Type.String(), Type.Unknown());
const card = { boardId, card: Type.String(), text: Type.String(), moveId: Type.Optional(Type.String()) };
const kept = Type.Object({
  ...{ id: Type.String(), seq: Type.Integer(), senderId: Type.String(), text: Type.String() },
});
const errors = ['BOARD_NOT_FOUND'] as const;

/** A contract with nothing of chat in it, whose events are kept by whatever keeps those of any contract. */
export const board = defineContract({
  name: 'board',
  version: '1.0.0',
  errors: {
    BOARD_NOT_FOUND: {
      ...{ description: 'There is no such board.', action: 'Join it: that creates it.', retryable: true },
    },
  },
  clientToServer: {
    move_card: defineEvent({
      description: 'Puts a card on the board, once for each `moveId`.',
      ...{ payload: Type.Object(card), reply: Type.Object(position), key: 'moveId', room },
    }),
    remove_card: defineEvent({
      description: 'Takes a card off the board.',
      payload: Type.Object({ boardId, card: Type.String() }),
      ...{ reply: Type.Object(position), room },
    }),
    clear_board: defineEvent({
      description: 'Takes all cards off the board.',
      ...{ payload: Type.Object({ boardId }), reply: Type.Object(position), room },
    }),
    change_board: defineEvent({
      description: 'Changes properties of the board.',
      ...{ payload: Type.Object({ boardId, updates }), reply: Type.Object(position), room },
    }),
    delete_board: defineEvent({
      description: 'Deletes the board.',
      ...{ payload: Type.Object({ boardId }), reply: Type.Object(position), errors, room },
    }),
    find_board: defineEvent({
      description: 'Says where the board stands.',
      ...{ payload: Type.Object({ boardId }), reply: Type.Object(position), errors, room },
    }),
    read_board: defineEvent({
      description: 'Says what is on the board.',
      payload: Type.Object({ boardId }),
      reply: Type.Object({ ...position, messages: Type.Array(kept), properties: updates }),
      ...{ errors, room },
    }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'Somebody has put a card on the board.',
      ...{ payload: Type.Object({ ...card, by: Type.String() }), durable: true, key: 'moveId', room },
    }),
    cardRemoved: defineEvent({
      description: 'A card is not on the board any more.',
      ...{ payload: Type.Object({ boardId, card: Type.String() }), durable: true, room },
    }),
    boardCleared: defineEvent({
      description: 'No card is on the board any more.',
      ...{ payload: Type.Object({ boardId }), durable: true, room },
    }),
    boardChanged: defineEvent({
      description: 'The board has other properties.',
      ...{ payload: Type.Object({ boardId, updates }), durable: true, room },
    }),
  },
});
export type Board = typeof board;

/** The kind of room of the board. */
export const BOARD_ROOM = room.name;
