/**
 * The contract of the chat, built ahead of time: its checks, its errors, and a type for everything on its wire.
 * @module
 */

export { LOG_LEVELS } from './entities/log-levels';
export { ZERO_UUID } from './entities/zero-uuid';
export * from './generated/index.js';
export { PROTOCOL_VERSION } from './version';
