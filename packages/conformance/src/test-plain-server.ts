import type { Socket } from 'socket.io';
import { onTestFinished } from 'vitest';
import { openServer } from './mock/open-server';

/** A Socket.IO server that does what `serve` says, until the test ends. */
export async function startPlain(serve: (socket: Socket) => void): Promise<string> {
  const { server, listen, close } = openServer();
  server.on('connection', serve);
  onTestFinished(close);
  return listen();
}

/** Greets as the document says. */
export const greet = (socket: Socket) =>
  socket.emit('connection_established', {
    message: 'Connected to Eliza Socket.IO server',
    socketId: socket.id,
  });
