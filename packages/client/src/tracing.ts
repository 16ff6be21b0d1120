/**
 * Traces of what a client sends. Needs `@opentelemetry/api`.
 * @module
 */

export { createTracer, type TracerOptions } from './runtime/request/tracer';
