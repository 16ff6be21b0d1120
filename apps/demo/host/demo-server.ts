import { createServer, type Server } from 'node:http';
import { type Agent, type AttachedChatServer, attachChatServer, type LogStream } from '@wirepact/server';
import { createMetrics, type PrometheusMetrics } from '@wirepact/server/metrics';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { createEliza } from '../eliza';
import { LOBBY } from '../lobby';
import { createChannelRoutes } from './channel-routes';
import { answerError, answerUnknownRoute } from './http-errors';
import { createMetricsRoute } from './metrics-route';
import { logRequests } from './request-log';
import { securityHeaders } from './security-headers';

/** What the demo's server is made of. */
export interface DemoServerOptions {
  /** Folder of the built page. */
  readonly pageDirectory: string;
  readonly logger: Logger;
  readonly logStream: LogStream;
  /** Who answers. Default: Eliza. */
  readonly agent?: Agent | undefined;
  /** How long Eliza thinks, in milliseconds. Default: as long as it takes to read. */
  readonly thinkingMs?: number | undefined;
}

/** The page, its API and the chat on one http server that does not listen yet. */
export interface DemoServer {
  readonly httpServer: Server;
  readonly chat: AttachedChatServer;
  /** Ends the chat, then the http server. */
  close(): Promise<void>;
}

const isHashed = (path: string) => path.includes('/assets/');

function createApp(
  { pageDirectory, logger }: DemoServerOptions,
  chat: () => AttachedChatServer,
  metrics: PrometheusMetrics,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, logRequests(logger));
  app.use('/api/channels', createChannelRoutes(chat));
  app.get('/api/metrics', createMetricsRoute(metrics));
  app.use('/api', answerUnknownRoute);
  app.use(
    express.static(pageDirectory, {
      setHeaders: (response, path) =>
        response.setHeader(
          'Cache-Control',
          isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    }),
  );
  app.use(answerUnknownRoute);
  app.use(answerError);
  return app;
}

/**
 * The demo's server: an Express app with the chat attached to its http server.
 * @throws WirepactError `STORE_UNAVAILABLE` where its database cannot be opened.
 */
export async function createDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { logger, logStream, thinkingMs, agent = createEliza({ thinkingMs }) } = options;
  const metrics = createMetrics();
  // The routes need the chat, and the chat needs the http server that the routes are on.
  const httpServer: Server = createServer(createApp(options, () => chat, metrics));
  const chat = attachChatServer(httpServer, { agents: [agent], logger, logStream, metrics });
  await chat.ready;
  await chat.channels.create(LOBBY);
  return {
    httpServer,
    chat,
    async close() {
      await chat.close();
      if (!httpServer.listening) return;
      const closed = new Promise((resolve) => httpServer.close(resolve));
      httpServer.closeIdleConnections();
      await closed;
    },
  };
}
