import type { IncomingMessage, ServerResponse } from 'node:http';
import { type PrometheusContentType, Registry } from 'prom-client';
import { checkOptions, hasMethods, must } from '../runtime/option-checks';
import type { Metrics } from '../runtime/ports/metrics';
import { createEventLoopGauge } from './event-loop-gauge';
import { createInstruments } from './instruments';
import { createPrometheusMeter } from './prometheus-meter';
import { createStateGauges } from './state-gauges';

/** How metrics are made. */
export interface MetricsOptions {
  /**
   * The registry of prom-client's that they are registered in, beside the host's own. Default: one of their own, which
   * `registry` of what is made has.
   */
  registry?: Registry<PrometheusContentType>;
}

const CHECKS = {
  registry: must(
    (value) => hasMethods(value, 'registerMetric', 'getSingleMetric', 'metrics'),
    'a `Registry` of prom-client’s',
  ),
};

/** Metrics for Prometheus: the option `metrics` of the servers of a process, all of them the same. */
export interface PrometheusMetrics extends Metrics {
  /** What they are registered in: `await registry.metrics()` is the text that Prometheus reads. */
  readonly registry: Registry<PrometheusContentType>;
  /**
   * Answers a request with the metrics, whatever its path: for `http.createServer`, or for a route of Express. It asks
   * nobody for permission, so it belongs where only whoever scrapes it can reach it.
   */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * Makes metrics for Prometheus, by prom-client, which the host installs (`npm install prom-client`). Names begin with
 * `wirepact_`. What servers have done is counted as it happens; how they stand is looked at when the metrics are read.
 * @throws WirepactError `INVALID_OPTIONS`
 * @throws Error of prom-client's where a registry has metrics of these names already: one `createMetrics` a registry.
 *
 * @example
 * const metrics = createMetrics();
 * createChatServer({ metrics });
 * createServer(metrics.handler).listen(9464, '127.0.0.1');
 */
export function createMetrics(options: MetricsOptions = {}): PrometheusMetrics {
  checkOptions(options, CHECKS);
  const registry = options.registry ?? new Registry();
  const instruments = createInstruments(registry);
  const states = createStateGauges(registry);
  createEventLoopGauge(registry);
  return {
    registry,
    meter: (contract) => createPrometheusMeter(contract, instruments, states),
    handler(_request, response) {
      registry.metrics().then(
        (text) => response.setHeader('Content-Type', registry.contentType).end(text),
        () => {
          response.statusCode = 500;
          response.end('The metrics could not be read.\n');
        },
      );
    },
  };
}
