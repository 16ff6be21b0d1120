import type { JsonType } from '../../json-schema';
import { GROUP_OF, type Group, type Test, VALUE } from './shape';
import { or } from './source-text';

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

/** What knowing the types of a value tells of a rule about `group`: whether it applies. */
export function applies(
  group: Group | undefined,
  types: readonly JsonType[] | undefined,
): 'always' | 'never' | 'perhaps' {
  if (group === undefined) return 'always';
  if (types === undefined) return 'perhaps';
  const count = types.filter((type) => GROUP_OF[type] === group).length;
  if (count === 0) return 'never';
  return count === types.length ? 'always' : 'perhaps';
}
