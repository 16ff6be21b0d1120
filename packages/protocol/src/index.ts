export type { Attachment } from './entities/attachment';
export type { BroadcastMessage } from './entities/broadcast-message';
export type { ChannelUpdates } from './entities/channel-updates';
export { ZERO_UUID } from './entities/ids';
export type { LogEntry } from './entities/log-entry';
export type { LogFilter } from './entities/log-filter';
export { LOG_LEVELS, type LogLevel } from './entities/log-level';
export type { Position } from './entities/position';
export { type ErrorCode, errors } from './errors';
export {
  type ClientToServerEvents,
  type ClientToServerRequests,
  type Protocol,
  protocol,
  type ServerToClientEvents,
} from './protocol';
export { PROTOCOL_VERSION } from './version';
