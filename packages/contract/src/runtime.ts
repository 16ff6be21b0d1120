/** What a contract needs at run time, on both ends. Knows no TypeBox. */
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
export type { ErrorDefinition, ErrorRegistry } from './error-registry';
export type { ContractEvent, EventRegistry, PayloadBounds, Room } from './event';
export { actorOf, type RoomReference, roomOf } from './event-subject';
export type {
  ClientToServerEventsOf,
  ClientToServerRequestsOf,
  Handler,
  Handlers,
  PayloadOf,
  ReplyOf,
  ServerToClientEventsOf,
} from './infer';
export { formatIssues, type Issue } from './issues';
export { findPayloadError, findReplyError } from './payload-error';
export {
  createPayloadSchema,
  type PayloadSchema,
  type PayloadSchemaParts,
  type SchemaDeclaration,
} from './payload-schema';
