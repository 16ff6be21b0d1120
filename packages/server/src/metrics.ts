export { createMetrics, type MetricsOptions, type PrometheusMetrics } from './metrics/create-metrics';
