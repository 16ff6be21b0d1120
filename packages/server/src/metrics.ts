/**
 * Metrics for Prometheus. Needs `prom-client`.
 * @module
 */

export { createMetrics, type MetricsOptions, type PrometheusMetrics } from './metrics/create-metrics';
