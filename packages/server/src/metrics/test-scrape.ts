import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../runtime/test-client';
import type { PrometheusMetrics } from './create-metrics';

/** Serves metrics on a port of their own; what it returns reads them: `name{label="value"}` and what it stands at. */
export async function serveMetrics(
  metrics: PrometheusMetrics,
): Promise<() => Promise<ReadonlyMap<string, number>>> {
  const httpServer = createServer(metrics.handler);
  onTestFinished(() => void httpServer.close());
  const url = await listen(httpServer);
  return async () => {
    const text = await (await fetch(url)).text();
    const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      rows.map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))] as const;
      }),
    );
  };
}
