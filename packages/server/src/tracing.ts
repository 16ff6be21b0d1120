export { createTracing, type TracingOptions } from './tracing/create-tracing';
