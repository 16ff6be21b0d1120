/**
 * Defining contracts: events, errors and presence. What only runs a contract imports `@wirepact/contract/runtime`, which is smaller.
 * @module
 */

export type { ContractDefinition } from './contract';
export {
  type ContractOptions,
  defineContract,
  type ErrorDeclarations,
  type ErrorOptions,
  type ErrorsOf,
  type ExtensionOptions,
  extendContract,
} from './define-contract';
export { defineEvent, type EventOptions } from './define-event';
export { CHECK_ERRORS, PIPELINE_ERRORS } from './error-registry';
export { DEFAULT_BOUNDS, type EventDefinition, type EventDefinitions, UNDECLARED_BOUNDS } from './event';
export { createValidator } from './from-typebox';
export type { JsonSchema, JsonSchemaObject, JsonType } from './json-schema';
export type { ExtendedPresence, PresenceDeclarations, PresenceSchemasOf } from './read-presence';
export * from './runtime';
export type { SchemaLike, ValueOf } from './schema-like';
