import { attachContract, createSqliteStore } from '@wirepact/server';
import express from 'express';
import { board, FIRST_CARDS, moveCard } from './contract';

const { PORT = '3000', DATABASE = 'board.db' } = process.env;

const app = express().use(express.static('public'), express.static('dist/page'));
const httpServer = app.listen(Number(PORT), () => {
  const address = httpServer.address();
  console.log(`The board is at http://localhost:${typeof address === 'object' ? address?.port : PORT}`);
});

attachContract(httpServer, board, {
  store: createSqliteStore({ file: DATABASE }),
  handlers: {
    read_board: ({ channel }, { boardId }) => channel('board', boardId).reduce(moveCard, FIRST_CARDS),

    async move_card({ channel, fail }, move) {
      if (!Object.hasOwn(FIRST_CARDS, move.cardId)) fail('NO_SUCH_CARD');
      await channel('board', move.boardId).publish('cardMoved', move);
      return null;
    },
  },
});
