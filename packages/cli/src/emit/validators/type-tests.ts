import type { Group, JsonType } from '@wirepact/contract/tools';
import { or, type Test, VALUE } from './source-text';

const IS_OF_TYPE: Readonly<Record<JsonType, Test>> = {
  array: `Array.isArray(${VALUE})`,
  boolean: `typeof ${VALUE}==="boolean"`,
  integer: `Number.isInteger(${VALUE})`,
  null: `${VALUE}===null`,
  number: `Number.isFinite(${VALUE})`,
  object: `isObject(${VALUE})`,
  string: `typeof ${VALUE}==="string"`,
};

/** Test that the value is of one of the types; of none, where the list is empty. */
export const isOfTypes = (types: readonly JsonType[]): Test => or(types.map((type) => IS_OF_TYPE[type]));

/** Test that the value is of a group. */
export const isOfGroup = (group: Group): Test => IS_OF_TYPE[group];
