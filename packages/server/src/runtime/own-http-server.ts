import { createServer, type Server as HttpServer } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Logger } from 'pino';
import { checkPort, readPort } from './environment';

/** A server with an http server of its own. */
export interface Listening {
  readonly httpServer: HttpServer;
  /**
   * Starts to listen, once it is ready. Port 0 takes any free one. Default: the environment's `PORT` or 3000, on every
   * address. Resolves with the URL to connect to; rejects with Node's error where the port is taken.
   * @throws WirepactError `INVALID_OPTIONS`
   */
  listen(port?: number, host?: string): Promise<{ url: string; port: number }>;
}

const toUrl = (host: string, port: number) => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;

/** Listens, or rejects with the error that kept it from listening. */
function listen(
  httpServer: HttpServer,
  port: number,
  host: string | undefined,
): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(port, host, () => {
      httpServer.off('error', reject);
      const address = httpServer.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve({ url: toUrl(host ?? 'localhost', actual), port: actual });
    });
  });
}

/** An http server that serves nothing but what is attached to it. */
export const createOwnHttpServer = (): HttpServer =>
  createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('This server speaks Socket.IO only.\n');
  });

/** What a server with an http server of its own has besides: it listens once `ready` resolves, and closes with it. */
export const withListening = (
  httpServer: HttpServer,
  { ready, close, logger }: { ready?: () => Promise<void>; close: () => Promise<void>; logger: Logger },
): Listening & { close(): Promise<void> } => ({
  httpServer,
  listen: async (port = readPort(process.env), host) => {
    checkPort(port);
    await ready?.();
    const listening = await listen(httpServer, port, host);
    logger.info(`listening on ${listening.url}`);
    return listening;
  },
  close: async () => {
    await close();
    if (!httpServer.listening) return;
    const closed = new Promise((resolve) => httpServer.close(resolve));
    httpServer.closeAllConnections();
    await closed;
  },
});
