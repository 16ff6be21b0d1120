import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { findPayloadError } from './payload-error';
import {
  type BoardClientToServer,
  type BoardRequests,
  type BoardServerToClient,
  board,
  CARD,
} from './test-contract';

/** A Socket.IO server with nothing of ours but the contract: its types, and its check. */
async function startBoard(): Promise<string> {
  const httpServer = createServer();
  const server = new Server<BoardClientToServer, BoardServerToClient>(httpServer);
  onTestFinished(() => void server.close());
  server.on('connection', (socket) => {
    socket.on('move_card', async (move, answer) => {
      const error = await findPayloadError(board.clientToServer.move_card, move);
      if (error) return answer?.({ ok: false, error: error.toWire() });
      socket.emit('cardMoved', { cardId: move.cardId });
      answer?.({ ok: true, data: { position: 1 } });
    });
    socket.on('refresh', () => void socket.emit('refreshed'));
  });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const address = httpServer.address();
  if (typeof address !== 'object' || !address) throw new Error('the server does not listen');
  return `http://127.0.0.1:${address.port}`;
}

test('a contract types and checks a plain Socket.IO server and client', async () => {
  const socket: Socket<BoardServerToClient, BoardRequests> = io(await startBoard(), {
    transports: ['websocket'],
  });
  onTestFinished(() => void socket.close());
  const moved = new Promise<{ cardId: string }>((resolve) => socket.once('cardMoved', resolve));
  expect(await socket.emitWithAck('move_card', { cardId: CARD, column: 'done' })).toEqual({
    ok: true,
    data: { position: 1 },
  });
  expect(await moved).toEqual({ cardId: CARD });

  const invalid = JSON.parse('{"cardId":"x","column":"done"}');
  const refused = await socket.emitWithAck('move_card', invalid);
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'INVALID_UUID', issues: [{ path: '/cardId' }] },
  });
});
