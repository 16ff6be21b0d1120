/**
 * What a contract needs at run time, on both ends. Knows no TypeBox.
 * @module
 */

export type { Ack } from './ack';
export { findBoundsIssue } from './bounds';
export { type Contract, versionRangesOf, versionsOf } from './contract';
export { createDeprecationWarning, type DeprecationListener } from './deprecation-warning';
export { END_REASONS, type EndReason, type EndReasonDefinition } from './end-reasons';
export {
  type ErrorClass,
  errorClass,
  type WireError,
  WirepactError,
  type WirepactErrorDetails,
} from './error';
export type {
  ContractError,
  ContractErrors,
  ErrorDefinition,
  ErrorRegistry,
  PipelineErrorCode,
} from './error-registry';
export type {
  ContractEvent,
  Durable,
  EventRegistry,
  InRoom,
  Keyed,
  PayloadBounds,
  Room,
  Streamed,
  StreamResume,
} from './event';
export { actorOf, type RoomReference, roomOf } from './event-subject';
export type {
  AnswerOf,
  ClientToServerEventsOf,
  ClientToServerRequestsOf,
  CodeOf,
  DurableNames,
  ErrorDataOf,
  EventErrorOf,
  Handler,
  HandlerResult,
  Handlers,
  ItemOf,
  JournalEventOf,
  KeyedNames,
  NamesInRoom,
  PayloadOf,
  PresenceOf,
  ReplyOf,
  RequestNames,
  RoomNames,
  ServerRequestNames,
  ServerToClientEventsOf,
  StreamNames,
} from './infer';
export { formatIssues, type Issue } from './issues';
export type { JournalPosition } from './journal-position';
export { findErrorDataError, findItemError, findPayloadError, findReplyError } from './payload-error';
export {
  createPayloadSchema,
  type PayloadSchema,
  type PayloadSchemaParts,
  type SchemaDeclaration,
} from './payload-schema';
export type {
  PresenceChange,
  PresenceMember,
  PresenceRegistry,
  PresenceUpdate,
  PublicIdentity,
} from './presence';
export { type RoomAddress, SESSION_EVENTS } from './session-events';
export {
  CONNECTION_NAMES,
  type ConnectionNames,
  ROOM_NAMES,
  SESSION_NAMES,
  SESSION_PREFIX,
  type SessionNames,
  STREAM_NAMES,
} from './session-names';
export { readTraceCarrier, type TraceCarrier, type TraceContext, toTraceCarrier } from './trace-context';
