import type { JsonSchemaObject, JsonType } from '../../json-schema';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import type { Rule } from '../shape';
import { toList } from './arguments';

/** True where a JSON value is of a type. */
const isOfType = (value: unknown, type: JsonType): boolean => {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
};

/**
 * Reads `const` and `enum`. Values that `types` rules out are none of the choices.
 */
export function readChoices(
  schema: JsonSchemaObject,
  context: SchemaContext,
  types: readonly JsonType[] | undefined,
): Rule[] {
  const possible = (values: readonly unknown[]) =>
    values.filter((value) => types?.some((type) => isOfType(value, type)) ?? true);
  const choice = (keyword: string, values: readonly unknown[], message: string): Rule => ({
    kind: 'assertion',
    assertion: { is: 'choice', values: possible(values) },
    keyword,
    message,
  });
  const rules: Rule[] = [];
  if (schema.const !== undefined) rules.push(choice('const', [schema.const], MESSAGES.const(schema.const)));
  if (schema.enum !== undefined) {
    const values = toList(context.place, 'enum', schema.enum);
    rules.push(choice('enum', values, MESSAGES.enum(values)));
  }
  return rules;
}
