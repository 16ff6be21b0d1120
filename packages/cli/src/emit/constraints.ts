import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { toCode } from './code-span';

const PLURALS: Readonly<Record<string, string>> = { property: 'properties' };

function toAmount(count: number, unit: string): string {
  if (unit === '') return String(count);
  return `${count} ${count === 1 ? unit : (PLURALS[unit] ?? `${unit}s`)}`;
}

function describeRange(unit: string, min: number | undefined, max: number | undefined): string[] {
  if (min === undefined) return max === undefined ? [] : [`At most ${toAmount(max, unit)}`];
  if (max === undefined) return [`At least ${toAmount(min, unit)}`];
  return [min === max ? `Exactly ${toAmount(min, unit)}` : `${min} to ${toAmount(max, unit)}`];
}

const describeText = (schema: JsonSchemaObject): string[] => [
  ...(schema.format === undefined ? [] : [`Format: ${schema.format}`]),
  ...describeRange('character', schema.minLength, schema.maxLength),
  ...(schema.pattern === undefined ? [] : [`Matches ${toCode(schema.pattern)}`]),
];

const describeNumber = (schema: JsonSchemaObject): string[] => [
  ...describeRange('', schema.minimum, schema.maximum),
  ...(schema.exclusiveMinimum === undefined ? [] : [`More than ${schema.exclusiveMinimum}`]),
  ...(schema.exclusiveMaximum === undefined ? [] : [`Less than ${schema.exclusiveMaximum}`]),
  ...(schema.multipleOf === undefined ? [] : [`A multiple of ${schema.multipleOf}`]),
];

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function describeItems({ items, prefixItems, minItems, maxItems, uniqueItems }: JsonSchemaObject): string[] {
  const own = prefixItems ? [] : describeRange('item', minItems, maxItems);
  const each = items === undefined ? [] : describeConstraints(items).map(lowerFirst);
  return [
    ...own,
    ...(uniqueItems ? ['No item twice'] : []),
    ...(each.length > 0 ? [`Each item: ${each.join(', ')}`] : []),
  ];
}

const describeDependencies = (dependencies: JsonSchemaObject['dependentRequired'] = {}): string[] =>
  Object.entries(dependencies).map(
    ([name, needed]) => `With ${toCode(name)} also needs ${needed.map(toCode).join(', ')}`,
  );

const describeProperties = (schema: JsonSchemaObject): string[] => [
  ...describeRange('property', schema.minProperties, schema.maxProperties),
  ...describeDependencies(schema.dependentRequired),
  ...(schema.additionalProperties === false ? ['No other properties'] : []),
];

/** Keywords that no short text says. */
const FURTHER = ['contains', 'dependentSchemas', 'if', 'propertyNames'] as const;

const hasFurther = (schema: JsonSchemaObject) =>
  FURTHER.some((keyword) => schema[keyword] !== undefined) ||
  (typeof schema.not === 'object' && Object.keys(schema.not).length > 0);

const toValue = (value: unknown) => toCode(JSON.stringify(value));

/**
 * What a schema asks for beyond its type, in short English phrases: `Format: uuid`, `At most 256 characters`.
 * What it refers to is described at its own place.
 */
export const describeConstraints = (schema: JsonSchema): string[] =>
  typeof schema === 'boolean'
    ? []
    : [
        ...describeText(schema),
        ...describeNumber(schema),
        ...describeItems(schema),
        ...describeProperties(schema),
        ...(hasFurther(schema) ? ['Further conditions: see the JSON Schema'] : []),
        ...(schema.default === undefined ? [] : [`Default: ${toValue(schema.default)}`]),
        ...(schema.examples?.[0] === undefined ? [] : [`Example: ${toValue(schema.examples[0])}`]),
      ];
