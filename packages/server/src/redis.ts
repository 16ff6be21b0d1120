/**
 * Joins processes on any number of machines. Needs `ioredis`, `@socket.io/redis-streams-adapter` and `rate-limiter-flexible`.
 * @module
 */

export { createRedisScaleOut } from './runtime/scale-out/redis-scale-out';
