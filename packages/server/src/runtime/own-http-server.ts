import { createServer, type Server as HttpServer, type ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Logger } from 'pino';
import { checkPort, readPort } from './environment';
import type { Health } from './health';

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

function answer(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(`${text}\n`);
}

/**
 * An http server that serves nothing but what is attached to it, and whoever watches over it: `/healthz` answers as long as the
 * process does, `/readyz` with 200 where the server should be given clients and 503 where it should not.
 */
export const createOwnHttpServer = (health: () => Promise<Health>): HttpServer =>
  createServer(async ({ url = '' }, response) => {
    const [path] = url.split('?');
    if (path === '/healthz') answer(response, 200, 'text/plain', 'ok');
    else if (path === '/readyz') {
      const found = await health();
      answer(response, found.ready ? 200 : 503, 'application/json', JSON.stringify(found));
    } else answer(response, 404, 'text/plain', 'This server speaks Socket.IO only.');
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
