import { createContractServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { board, FIRST_CARDS, moveCard } from '../../examples/board/contract';

/** The server of the board example, in this process. */
export async function startBoard() {
  const server = createContractServer(board, {
    logger: pino({ level: 'silent' }),
    rateLimit: false,
    store: createMemoryStore(),
    handlers: {
      read_board: ({ channel }, { boardId }) => channel('board', boardId).reduce(moveCard, FIRST_CARDS),
      async move_card({ channel, fail }, move) {
        if (!Object.hasOwn(FIRST_CARDS, move.cardId)) fail('NO_SUCH_CARD');
        await channel('board', move.boardId).publish('cardMoved', move);
        return null;
      },
    },
  });
  const { url } = await server.listen(0, '127.0.0.1');
  return { url, close: () => server.close() };
}
