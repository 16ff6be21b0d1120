import type { IncomingMessage } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import type { PrometheusMetrics } from '@wirepact/server/metrics';
import type { RequestHandler } from 'express';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** How a browser on the machine itself names it. */
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
/** What proxies add to a request: on the server's machine they come from its own address, whoever asked them. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Whether a request was sent on the machine of the server, and by nobody else's order. */
const isLocal = ({ socket, headers }: IncomingMessage): boolean =>
  LOOPBACK.has(socket.remoteAddress ?? '') &&
  LOCAL_HOST.test(headers.host ?? '') &&
  PROXY_HEADERS.every((name) => headers[name] === undefined);

/** Answers with how the server is, as JSON, whoever asks on its own machine: nobody signs in to the demo. */
export const createMetricsRoute =
  ({ registry }: Pick<PrometheusMetrics, 'registry'>): RequestHandler =>
  async (request, response) => {
    if (!isLocal(request))
      throw new WirepactError(
        'FORBIDDEN',
        'Metrics are shown only on the machine that runs the server, and through no proxy: open this page there.',
      );
    response.set('Cache-Control', 'no-store').json(await registry.getMetricsAsJSON());
  };
