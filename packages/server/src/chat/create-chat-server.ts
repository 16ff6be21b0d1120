import { createServer, type Server as HttpServer } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Protocol } from '@wirepact/protocol';
import { checkPort, readPort } from '../runtime/environment';
import { attachToHttpServer } from '../runtime/transport/socket-io';
import { type AttachedChatServer, assembleChatServer } from './chat-server';
import { checkChatOptions } from './option-checks';
import type { ChatContract, ChatServerOptions } from './options';

/** A chat server with an http server of its own. */
export interface ChatServer<C extends ChatContract = Protocol> extends AttachedChatServer<C> {
  readonly httpServer: HttpServer;
  /**
   * Starts to listen, once the store is open. Port 0 takes any free one. Default: the environment's `PORT`
   * or 3000, on every address. Resolves with the URL to connect to; rejects with Node's error where the port
   * is taken, and as {@link AttachedChatServer.ready}.
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

/**
 * A chat server of its own.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const chat = createChatServer({ agents: [eliza] });
 * const { url } = await chat.listen();
 */
export function createChatServer<C extends ChatContract = Protocol>(
  options: ChatServerOptions<C> = {},
): ChatServer<C> {
  const httpServer = createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('This server speaks Socket.IO only.\n');
  });
  checkChatOptions(options);
  const { chat, logger } = assembleChatServer<C>((wire) => attachToHttpServer(httpServer, wire), options);
  return {
    ...chat,
    get ready() {
      return chat.ready;
    },
    httpServer,
    listen: async (port = readPort(process.env), host) => {
      checkPort(port);
      await chat.ready;
      const listening = await listen(httpServer, port, host);
      logger.info(`listening on ${listening.url}`);
      return listening;
    },
    close: async () => {
      await chat.close();
      if (!httpServer.listening) return;
      const closed = new Promise((resolve) => httpServer.close(resolve));
      httpServer.closeAllConnections();
      await closed;
    },
  };
}
