export type { Ack } from './ack';
export { findBoundsIssue } from './bounds';
export {
  type Contract,
  type ContractOptions,
  defineContract,
  type EventRegistry,
  extendContract,
} from './contract';
export {
  type ErrorDefinition,
  type ErrorRegistry,
  PIPELINE_ERRORS,
  type WireError,
  WirepactError,
  type WirepactErrorDetails,
} from './error';
export {
  DEFAULT_BOUNDS,
  defineEvent,
  type EventDefinition,
  type EventOptions,
  type PayloadBounds,
  type PayloadOfSchema,
} from './event';
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
export { openObject } from './open-object';
export { createValidator, toPayloadError, type Validator } from './validator';
