export { createTracer, type TracerOptions } from './runtime/request/tracer';
