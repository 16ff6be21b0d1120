import type { ConformanceOptions } from '@wirepact/conformance';
import { type ContractServerOptions, createContractServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { board, FIRST_CARDS, moveCard } from '../../examples/board/contract';
import { byKey, TWO } from './chat-server';

/** A board that Ada may see, and nobody else. */
const PRIVATE_BOARD = 'of Ada';

type Options = Partial<ContractServerOptions<typeof board>>;

/** The server of the board example, in this process. */
export async function startBoard(options: Options = {}) {
  const server = createContractServer(board, {
    logger: pino({ level: 'silent' }),
    rateLimit: false,
    store: createMemoryStore(),
    ...options,
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
  return { url, server, close: () => server.close() };
}

/** The same where people sign in, with what a run needs to know of it. */
export async function startSignedInBoard() {
  const { url, server, close } = await startBoard({
    authenticate: byKey,
    authorize: ({ identity, room }) => room?.id !== PRIVATE_BOARD || identity?.entityId === 'ada',
  });
  const run: ConformanceOptions = {
    ...TWO,
    privateRoom: PRIVATE_BOARD,
    host: { remove: ({ id }, entityId) => server.channel('board', id).remove(entityId) },
  };
  return { url, run, close };
}
