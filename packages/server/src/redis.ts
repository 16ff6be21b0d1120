export { createRedisScaleOut } from './runtime/scale-out/redis-scale-out';
