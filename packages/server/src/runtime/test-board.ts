import { defineContract, defineEvent } from '@wirepact/contract';
import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import * as Type from 'typebox';
import { onTestFinished } from 'vitest';
import { type ContractServer, type ContractServerOptions, createContractServer } from '../index';
import { type Recorder, record, silent } from './test-client';

const room = { name: 'board', property: 'boardId' } as const;
const boardId = Type.String({ maxLength: 40 });

/** A contract for tests that has a bit of everything. */
export const board = defineContract({
  name: 'board',
  version: '1.2.0',
  errors: {
    CARD_LOCKED: {
      description: 'Somebody else has the card.',
      retryable: true,
      action: 'Wait until it is put down.',
      data: Type.Object({ by: Type.String() }),
    },
    BOARD_FULL: { description: 'No room.', retryable: false, action: 'Remove cards.' },
  },
  clientToServer: {
    enter_board: defineEvent({ description: 'Come in.', payload: Type.Object({ boardId }), room }),
    move_card: defineEvent({
      description: 'Move a card.',
      payload: Type.Object({ boardId, cardId: Type.String(), column: Type.String({ maxLength: 20 }) }),
      reply: Type.Object({ position: Type.Integer() }),
      errors: ['CARD_LOCKED', 'BOARD_FULL'],
      room,
    }),
    list_cards: defineEvent({
      description: 'All cards, one after the other.',
      payload: Type.Object({ count: Type.Integer() }),
      stream: Type.Object({ id: Type.Integer() }),
      errors: ['CARD_LOCKED'],
    }),
    refresh: defineEvent({ description: 'Ask again.' }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ boardId, cardId: Type.String(), column: Type.String({ maxLength: 20 }) }),
      room,
    }),
    confirm_move: defineEvent({
      description: 'Ask the user.',
      payload: Type.Object({ cardId: Type.String() }),
      reply: Type.Object({ isFine: Type.Boolean() }),
    }),
    refreshed: defineEvent({ description: 'The board was sent again.' }),
  },
});

/** The contract for tests. */
export type Board = typeof board;

type Options = Partial<ContractServerOptions<Board>>;

/** Handlers that do next to nothing. */
export const idleHandlers: ContractServerOptions<Board>['handlers'] = {
  enter_board: ({ connection }, payload) => {
    connection.join('board', payload.boardId);
    return null;
  },
  move_card: () => ({ position: 0 }),
  async *list_cards(_context, { count }) {
    for (let id = 1; id <= count; id += 1) yield { id };
  },
  refresh: () => null,
};

/** Serves the board on a free port, with these handlers in place of idle ones; it closes when the test ends. */
export async function startBoard(
  handlers: Partial<ContractServerOptions<Board>['handlers']> = {},
  options: Options = {},
): Promise<{ server: ContractServer<Board>; url: string }> {
  const server = createContractServer(board, {
    logger: silent,
    rateLimit: false,
    ...options,
    handlers: { ...idleHandlers, ...handlers },
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  return { server, url };
}

/** A client that has been greeted. */
export async function connectTo(
  url: string,
  options?: Partial<ManagerOptions & SocketOptions>,
): Promise<Recorder> {
  const client = record(url, options);
  await client.waitFor('wirepact:established');
  return client;
}

/** A card that is moved. */
export const card = { boardId: 'b1', cardId: 'c1', column: 'done' };
