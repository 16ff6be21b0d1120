export { findRedis } from './find-redis';
export { type RedisInstance, startRedis } from './start-redis';
