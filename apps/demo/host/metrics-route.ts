import { WirepactError } from '@wirepact/contract/runtime';
import type { PrometheusMetrics } from '@wirepact/server/metrics';
import type { RequestHandler } from 'express';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Answers with how the server is, as JSON, whoever asks on its own machine: nobody signs in to the demo. */
export const createMetricsRoute =
  ({ registry }: Pick<PrometheusMetrics, 'registry'>): RequestHandler =>
  async (request, response) => {
    if (!LOOPBACK.has(request.socket.remoteAddress ?? ''))
      throw new WirepactError(
        'FORBIDDEN',
        'Metrics are shown only on the machine that runs the server: open this page there.',
      );
    response.set('Cache-Control', 'no-store').json(await registry.getMetricsAsJSON());
  };
