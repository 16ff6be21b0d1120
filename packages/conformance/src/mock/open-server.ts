import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** A Socket.IO server for pages of any address, which does not listen yet. */
export function openServer() {
  const httpServer = createServer();
  const server = new Server(httpServer, { serveClient: false, cors: { origin: '*' } });
  return {
    server,
    /** Has it listen on this machine alone; resolves with its address. @param port Default: one that is free. */
    async listen(port = 0): Promise<string> {
      await new Promise<void>((resolve, reject) => {
        httpServer.once('error', reject).listen(port, '127.0.0.1', resolve);
      });
      const address = httpServer.address();
      return `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`;
    },
    close: () => server.close(),
  };
}
