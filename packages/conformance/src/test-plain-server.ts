import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { onTestFinished } from 'vitest';

/** A Socket.IO server that does what `serve` says, until the test ends. */
export async function startPlain(serve: (socket: Socket) => void): Promise<string> {
  const httpServer = createServer();
  const server = new Server(httpServer);
  server.on('connection', serve);
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close());
  const { port } = httpServer.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** Greets as the document says. */
export const greet = (socket: Socket) =>
  socket.emit('connection_established', {
    message: 'Connected to Eliza Socket.IO server',
    socketId: socket.id,
  });
