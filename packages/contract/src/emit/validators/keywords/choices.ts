import type { JsonSchemaObject, JsonType } from '../../../json-schema';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import { type Rule, type Test, VALUE } from '../shape';
import { and, literal, or, ownProperty } from '../source-text';
import { toList } from './arguments';

/** More choices than this are looked up in a set. */
const MAX_COMPARISONS = 12;

/** True where a JSON value is of a type. */
const isOfType = (value: unknown, type: JsonType): boolean => {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
};

/** Test that the value which `value` reads equals a JSON value, member by member. */
function equals(value: string, expected: unknown): Test {
  if (typeof expected !== 'object' || expected === null) return `${value}===${literal(expected)}`;
  if (Array.isArray(expected)) {
    const items = expected.map((item, index) => equals(`${value}[${index}]`, item));
    return and([`Array.isArray(${value})`, `${value}.length===${expected.length}`, ...items]);
  }
  const entries = Object.entries(expected);
  const members = entries.map(([name, member]) => equals(ownProperty(value, name), member));
  return and([`isObject(${value})`, `Object.keys(${value}).length===${entries.length}`, ...members]);
}

function isOneOf(values: readonly unknown[], { constant }: SchemaContext): Test {
  const isPlain = values.every((value) => typeof value !== 'object' || value === null);
  if (!isPlain || values.length <= MAX_COMPARISONS) return or(values.map((value) => equals(VALUE, value)));
  return `${constant(`new Set(${literal(values)})`)}.has(${VALUE})`;
}

/**
 * Reads `const` and `enum`. Values that `types` rules out are none of the choices.
 */
export function readChoices(
  schema: JsonSchemaObject,
  context: SchemaContext,
  types: readonly JsonType[] | undefined,
): Rule[] {
  const isPossible = (value: unknown) => types?.some((type) => isOfType(value, type)) ?? true;
  const rules: Rule[] = [];
  if (schema.const !== undefined) {
    const test = isPossible(schema.const) ? equals(VALUE, schema.const) : 'false';
    rules.push({ kind: 'assertion', test, keyword: 'const', message: MESSAGES.const(schema.const) });
  }
  if (schema.enum !== undefined) {
    const values = toList(context.place, 'enum', schema.enum);
    const test = isOneOf(values.filter(isPossible), context);
    rules.push({ kind: 'assertion', test, keyword: 'enum', message: MESSAGES.enum(values) });
  }
  return rules;
}
