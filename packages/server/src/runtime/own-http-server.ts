import { createServer, type Server as HttpServer, type ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { checkCall } from './call-checks';
import { checkPort, readPort } from './environment';
import type { Health } from './health';
import { aText } from './option-checks';

/** A server with an http server of its own. */
export interface Listening {
  readonly httpServer: HttpServer;
  /**
   * Starts to listen, once it is ready. Port 0 takes any free one. Default: the environment's `PORT` or 3000, on every
   * address. Resolves with the URL to connect to; rejects with Node's error where the port is taken.
   * @throws WirepactError `INVALID_OPTIONS`; `UNAVAILABLE` where the server is closed, or is before it listens.
   */
  listen(port?: number, host?: string): Promise<{ url: string; port: number }>;
}

const toUrl = (host: string, port: number) => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;

const toClosedError = () =>
  new WirepactError(
    'UNAVAILABLE',
    'This server is closed, and does not listen any more: create another one.',
  );

/** Listens, or rejects with what kept it from listening. */
function listen(
  httpServer: HttpServer,
  port: number,
  host: string | undefined,
): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    const onClose = () => fail(toClosedError());
    const settle = () => httpServer.off('error', fail).off('close', onClose);
    const fail = (cause: Error) => {
      settle();
      reject(cause);
    };
    httpServer.once('error', fail).once('close', onClose);
    httpServer.listen(port, host, () => {
      settle();
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
export function withListening(
  httpServer: HttpServer,
  { ready, close, logger }: { ready: () => Promise<void>; close: () => Promise<void>; logger: Logger },
): Listening & { close(): Promise<void> } {
  let isClosed = false;
  return {
    httpServer,
    listen: async (port = readPort(process.env), host) => {
      checkPort(port);
      // Node takes a number in its place for a length of a queue.
      checkCall('listen', { host }, { host: aText });
      await ready();
      if (isClosed) throw toClosedError();
      const listening = await listen(httpServer, port, host);
      logger.info(`listening on ${listening.url}`);
      return listening;
    },
    close: async () => {
      isClosed = true;
      // It may be about to listen: the name of its host is looked up first.
      httpServer.once('listening', () => httpServer.close());
      await close();
      const closed = new Promise((resolve) => httpServer.close(resolve));
      httpServer.closeAllConnections();
      await closed;
    },
  };
}
