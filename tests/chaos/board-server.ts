import type { Server } from 'node:http';
import type { PayloadOf } from '@wirepact/contract/runtime';
import {
  attachContract,
  type ContractHandlers,
  type ContractServerOptions,
  type Store,
} from '@wirepact/server';
import type { Logger } from 'pino';
import { BOARD_ROOM, type Board, board } from './board-contract';
import { readStoredBoard, toStoreKey } from './board-store';

type Moved = PayloadOf<Board['serverToClient']['cardMoved']>;

/** What a board does with what it is sent. @param read What keeps the boards. */
const createHandlers = (read: Store): ContractHandlers<Board> => ({
  async move_card({ channel, identity }, move) {
    const moved: Moved = { ...move, by: identity?.entityId ?? '' };
    const { epoch, seq } = await channel(BOARD_ROOM, move.boardId).publish('cardMoved', moved);
    return { card: move.card, epoch, seq };
  },
  async remove_card({ channel }, removed) {
    const { epoch, seq } = await channel(BOARD_ROOM, removed.boardId).publish('cardRemoved', removed);
    return { epoch, seq };
  },
  async clear_board({ channel }, cleared) {
    const { epoch, seq } = await channel(BOARD_ROOM, cleared.boardId).publish('boardCleared', cleared);
    return { epoch, seq };
  },
  async change_board({ channel }, changed) {
    const { epoch, seq } = await channel(BOARD_ROOM, changed.boardId).publish('boardChanged', changed);
    return { epoch, seq };
  },
  delete_board: async ({ channel, fail }, { boardId }) =>
    (await channel(BOARD_ROOM, boardId).delete()) ?? fail('BOARD_NOT_FOUND'),
  async find_board({ fail }, { boardId }) {
    const key = toStoreKey(boardId);
    return (await read.readHeads([key])).get(key) ?? fail('BOARD_NOT_FOUND');
  },
  async read_board({ fail }, { boardId }) {
    const { journal: _, ...stored } = (await readStoredBoard(read, boardId)) ?? fail('BOARD_NOT_FOUND');
    return { ...stored, messages: [...stored.messages] };
  },
});

/** Serves the board. @param read The store as the host uses it, whatever is wrong with the server's. */
export const attachBoardServer = (
  httpServer: Server,
  {
    read,
    ...options
  }: Pick<ContractServerOptions<Board>, 'scaleOut'> & {
    readonly store: Store;
    readonly read: Store;
    readonly logger: Logger;
  },
) =>
  attachContract(httpServer, board, {
    ...{ ...options, rateLimit: false, handlers: createHandlers(read) },
    authenticate: ({ auth }) => ({ entityId: String(auth.as ?? 'nobody') }),
  });
