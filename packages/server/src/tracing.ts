/**
 * Traces of what the server handles. Needs `@opentelemetry/api`.
 * @module
 */

export { createTracing, type TracingOptions } from './tracing/create-tracing';
