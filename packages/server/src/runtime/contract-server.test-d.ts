import { defineContract, defineEvent, type JournalEventOf } from '@wirepact/contract';
import { Server, type Socket } from 'socket.io';
import * as Type from 'typebox';
import {
  attachContract,
  type ContractContext,
  checkSocket,
  createContractServer,
  type Middleware,
} from '../index';
import { type Board, board, idleHandlers } from './test-board';

const handlers = idleHandlers;
const server = createContractServer(board, { handlers });
attachContract(new Server(), board, { handlers });
attachContract(new Server().of('/board'), board, { handlers });

const { refresh: _refresh, ...withoutOne } = handlers;
// @ts-expect-error the handler of `refresh` is missing
createContractServer(board, { handlers: withoutOne });
// @ts-expect-error the reply is not what the contract says
createContractServer(board, { handlers: { ...handlers, move_card: () => ({ position: 'first' }) } });
createContractServer(board, {
  handlers: {
    ...handlers,
    // @ts-expect-error an item is not what the contract says
    async *list_cards() {
      yield { id: 'first' };
    },
  },
});
// @ts-expect-error it answers with a stream
createContractServer(board, { handlers: { ...handlers, list_cards: () => null } });
// @ts-expect-error there is no such option
createContractServer(board, { handlers, authorise: () => true });

createContractServer(board, {
  handlers: {
    ...handlers,
    move_card({ fail, connection, emit, to, event, identity }, { boardId, cardId }) {
      const name: 'move_card' = event;
      const id: string | undefined = identity?.entityId;
      // @ts-expect-error the code tells who it is
      if (cardId === '') fail('CARD_LOCKED');
      // @ts-expect-error it tells it with a name
      if (cardId === '') fail('CARD_LOCKED', { by: 7 });
      // @ts-expect-error there is no such code
      if (cardId === '') fail('CARD_LOST');
      if (cardId === 'a') fail('CARD_LOCKED', { by: 'ann' }, 'Ann has it.');
      if (cardId === 'b') fail('BOARD_FULL');
      if (cardId === 'c') return fail('BOARD_FULL', undefined, `No room in ${name} for ${id}.`);
      emit('refreshed');
      // @ts-expect-error there is no such event
      emit('refreshd');
      to('board', boardId).except(connection).emit('cardMoved', { boardId, cardId, column: '' });
      // @ts-expect-error the payload is not what the contract says
      connection.emit('cardMoved', { boardId });
      return { position: 0 };
    },
    async refresh({ connection, fail }) {
      const { isFine }: { isFine: boolean } = await connection.request('confirm_move', { cardId: '' });
      // @ts-expect-error the payload is not what the contract says
      await connection.request('confirm_move', { card: '' });
      // @ts-expect-error a client does not answer it
      await connection.request('refreshed', undefined);
      // @ts-expect-error the event declares no code
      if (isFine) fail('BOARD_FULL');
      return null;
    },
  },
  authorize(attempt) {
    if (attempt.event !== 'move_card') return true;
    const { boardId }: { boardId: string } = attempt.payload;
    return attempt.room?.id === boardId;
  },
});

// What handlers are given is enough that none has to name its own server, whose type is not known yet.
const selfContained = createContractServer(board, {
  handlers: {
    ...handlers,
    async enter_board(
      { connection, connections, connectionsOf, disconnect, to, emit, channel },
      { boardId },
    ) {
      for (const other of connectionsOf('ada')) if (other.id !== connection.id) other.leave('board', boardId);
      if (connections.length > 100) disconnect('ada', { reason: 'No room.' });
      // @ts-expect-error the payload is not what the contract says
      connections[0]?.emit('cardMoved', { boardId });
      to('board', boardId).except(connection).emit('refreshed');
      emit('refreshed');
      // @ts-expect-error the board has no room with a journal
      channel('board', boardId);
      return null;
    },
  },
});
selfContained.connections satisfies readonly object[];

const log: Middleware<ContractContext<Board>> = async ({ event, fail }, next) => {
  const name: 'enter_board' | 'move_card' | 'list_cards' | 'refresh' = event;
  if (name === 'refresh') fail('BOARD_FULL');
  await next();
};
createContractServer(board, { handlers, use: [log] });

server.to('board', 'b1').emit('cardMoved', { boardId: 'b1', cardId: 'c1', column: 'done' });
// @ts-expect-error the payload is not what the contract says
server.emit('cardMoved', { boardId: 'b1' });
for (const connection of server.connections) connection.emit('refreshed');

const socket = checkSocket(board, {} as Socket);
socket.on('move_card', ({ cardId }, answer) => {
  const id: string = cardId;
  answer?.({ ok: true, data: { position: id.length } });
  // @ts-expect-error the data is not what the contract says
  answer?.({ ok: true, data: { position: id } });
});
// @ts-expect-error there is no such event
socket.on('move_cart', () => undefined);
// @ts-expect-error the payload is not what the contract says
socket.emit('cardMoved', { boardId: 'b1' });
socket.emit('confirm_move', { cardId: '' }, (answer) => {
  if (answer.ok) answer.data.isFine satisfies boolean;
});

const note = { name: 'note', property: 'noteId' };
const rooms = defineContract({
  name: 'rooms',
  version: '1.0.0',
  clientToServer: { write: defineEvent({ description: 'Write.' }) },
  serverToClient: {
    cardPlaced: defineEvent({
      description: 'A card has a place.',
      payload: Type.Object({ boardId: Type.String(), card: Type.String() }),
      durable: true,
      room: { name: 'board', property: 'boardId' },
    }),
    voted: defineEvent({
      description: 'A vote.',
      payload: Type.Object({ pollId: Type.String(), choice: Type.Integer() }),
      durable: true,
      room: { name: 'poll', property: 'pollId' },
    }),
  },
});
const placeCard = (cards: readonly string[], { payload }: JournalEventOf<typeof rooms, 'board'>) => [
  ...cards,
  payload.card,
];
createContractServer(rooms, {
  handlers: {
    async write({ channel }) {
      const desk = channel('board', 'b1');
      const { state } = await desk.reduce(placeCard, []);
      await desk.publish('cardPlaced', { boardId: 'b1', card: state.join() });
      // @ts-expect-error it belongs to another kind of room
      await desk.publish('voted', { pollId: 'p1', choice: 1 });
      await channel('poll', 'p1').reduce((sum, { payload: { choice } }) => sum + choice, 0);
      // @ts-expect-error what happens to a board happens in no poll
      await channel('poll', 'p1').reduce(placeCard, []);
      return null;
    },
  },
});

// A room that is declared without `as const` may be of any kind, as far as the compiler can tell.
const notes = defineContract({
  name: 'notes',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: {
    noted: defineEvent({
      description: 'A note.',
      payload: Type.Object({ noteId: Type.String(), text: Type.String() }),
      durable: true,
      room: note,
    }),
  },
});
createContractServer(notes, { handlers: {} })
  .channel('note', 'n1')
  .publish('noted', { noteId: 'n1', text: '' });
