/** What tools need that read and write the schemas of contracts, such as `@wirepact/cli`. Nothing of it belongs in a page. */

export { listDeprecatedFields } from './deprecated-fields';
export { isObject } from './is-object';
export { toPointerToken } from './issues';
export { ANNOTATIONS } from './keywords';
export { nameIn, type Reference, toReference } from './reference';
export { FORMATS } from './shape/formats';
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
  type Rule,
  type RuleBody,
  type Shape,
} from './shape/shape';
export { type SchemaSource, ShapeReader } from './shape/shape-reader';
export { asObject, mapSubschemas } from './subschemas';
export { compareVersions, parseVersion, type Version } from './version';
