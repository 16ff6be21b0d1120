/**
 * Joins the workers of one machine. Needs `@socket.io/cluster-adapter` and `@socket.io/sticky`.
 * @module
 */

export { createClusterScaleOut } from './runtime/scale-out/cluster-scale-out';
