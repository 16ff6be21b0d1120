/**
 * What tools need that read and write the schemas of contracts, such as `@wirepact/cli`. Nothing of it belongs in a page.
 * @module
 */

export type { ContractDefinition } from './contract';
export { listDeprecatedFields } from './deprecated-fields';
export { PIPELINE_ERRORS } from './error-registry';
export { DEFAULT_BOUNDS, type EventDefinition, UNDECLARED_BOUNDS } from './event';
export { isObject } from './is-object';
export { toPointerToken } from './issues';
export type { JsonSchema, JsonSchemaObject, JsonType } from './json-schema';
export { ANNOTATIONS } from './keywords';
export { nameIn, type Reference, toReference } from './reference';
export { FORMATS, type Format } from './shape/formats';
export { type Interpretation, interpret } from './shape/interpret';
export { MESSAGES } from './shape/messages';
export { SchemaPlace } from './shape/schema-place';
export {
  type Assertion,
  applies,
  type Group,
  groupRules,
  type LimitKeyword,
  type NameFilter,
  type Refinement,
  type Rule,
  type RuleBody,
  type Shape,
  type Tag,
} from './shape/shape';
export { type SchemaSource, ShapeReader } from './shape/shape-reader';
export { asObject, mapSubschemas } from './subschemas';
export { compareVersions, parseVersion, type Version } from './version';
