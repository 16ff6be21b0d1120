/** What a contract needs at run time, on both ends. Knows no TypeBox. */
export type { Ack } from './ack';
export { findBoundsIssue } from './bounds';
export { type Contract, versionsOf } from './contract';
export { createDeprecationWarning, type DeprecationListener } from './deprecation-warning';
export {
  type ErrorDefinition,
  type ErrorRegistry,
  PIPELINE_ERRORS,
  type WireError,
  WirepactError,
  type WirepactErrorDetails,
} from './error';
export type { ContractEvent, EventRegistry, PayloadBounds } from './event';
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
export { findPayloadError, parsePayload, toPayloadError } from './payload-error';
export {
  createPayloadSchema,
  type PayloadSchema,
  type PayloadSchemaParts,
  type SchemaDeclaration,
} from './payload-schema';
