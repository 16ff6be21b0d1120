import { toPointerToken } from '../../../issues';
import type { JsonSchemaObject } from '../../../json-schema';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import { type Rule, type RuleBody, type Test, VALUE } from '../shape';
import { literal, or, ownProperty } from '../source-text';
import { toCount, toEntries, toNames } from './arguments';
import { toPatternLiteral } from './strings';

/** More names than this are looked up in a set. */
const MAX_COMPARISONS = 8;

const onObject = (body: RuleBody): Rule => ({ ...body, on: 'object' });

function readProperties(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const properties = toEntries(context.place, 'properties', schema.properties);
  const required = new Set(toNames(context.place, 'required', schema.required ?? []));
  const named = properties.flatMap(([name, property]): Rule[] => {
    const shape = context.readInner(property, 'properties', name);
    const isRequired = required.delete(name);
    if (shape.isAnything && !isRequired) return [];
    return [onObject({ kind: 'property', name, required: isRequired, shape })];
  });
  const others = [...required].map((name) =>
    onObject({ kind: 'property', name, required: true, shape: context.readInner(true) }),
  );
  return [...named, ...others];
}

const isMatchOf = (pattern: string, { place, constant }: SchemaContext, keyword: string): Test =>
  `${constant(toPatternLiteral(place, keyword, pattern))}.test(${VALUE})`;

function readPatterns(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const keyword = 'patternProperties';
  return toEntries(context.place, keyword, schema.patternProperties).flatMap(([pattern, property]) => {
    const where = isMatchOf(pattern, context, keyword);
    const shape = context.readInner(property, keyword, pattern);
    return shape.isAnything ? [] : [onObject({ kind: 'entries', where, shape, keyword })];
  });
}

/** Test that a name is one of those that `additionalProperties` is not about. */
function isKnownName(schema: JsonSchemaObject, context: SchemaContext): Test {
  const names = Object.keys(schema.properties ?? {});
  const patterns = Object.keys(schema.patternProperties ?? {});
  const isName =
    names.length > MAX_COMPARISONS
      ? [`${context.constant(`new Set(${literal(names)})`)}.has(${VALUE})`]
      : names.map((name) => `${VALUE}===${literal(name)}`);
  return or([...isName, ...patterns.map((pattern) => isMatchOf(pattern, context, 'patternProperties'))]);
}

function readOthers(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const { additionalProperties, propertyNames } = schema;
  const rules: Rule[] = [];
  if (additionalProperties !== undefined) {
    const keyword = 'additionalProperties';
    const shape = context.readInner(additionalProperties, keyword);
    const unless = isKnownName(schema, context);
    if (!shape.isAnything) rules.push(onObject({ kind: 'entries', unless, shape, keyword }));
  }
  if (propertyNames !== undefined) {
    const shape = context.readInner(propertyNames, 'propertyNames');
    if (!shape.isAnything) rules.push(onObject({ kind: 'names', shape }));
  }
  return rules;
}

function readCounts(schema: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  const limits = [
    ['minProperties', '>='],
    ['maxProperties', '<='],
  ] as const;
  return limits.flatMap(([keyword, comparison]) => {
    if (schema[keyword] === undefined) return [];
    const limit = toCount(place, keyword, schema[keyword]);
    const test = `Object.keys(${VALUE}).length${comparison}${limit}`;
    return [onObject({ kind: 'assertion', test, keyword, message: MESSAGES[keyword](limit) })];
  });
}

function readDependencies(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const keyword = 'dependentRequired';
  const required = toEntries(context.place, keyword, schema.dependentRequired).flatMap(([name, others]) =>
    toNames(context.place, keyword, others).map((other): Rule => {
      const test = or([
        `${ownProperty(VALUE, name)}===undefined`,
        `${ownProperty(VALUE, other)}!==undefined`,
      ]);
      const at = `/${toPointerToken(other)}`;
      return onObject({ kind: 'assertion', test, keyword, message: MESSAGES.dependentRequired(name), at });
    }),
  );
  const schemas = toEntries(context.place, 'dependentSchemas', schema.dependentSchemas);
  const whens = schemas.map(([name, dependent]) =>
    onObject({ kind: 'when', name, shape: context.readSame(dependent, 'dependentSchemas', name) }),
  );
  return [...required, ...whens.filter((rule) => rule.kind !== 'when' || !rule.shape.isAnything)];
}

/** Reads the keywords about objects. */
export const readObjects = (schema: JsonSchemaObject, context: SchemaContext): Rule[] => [
  ...readProperties(schema, context),
  ...readCounts(schema, context),
  ...readDependencies(schema, context),
  ...readPatterns(schema, context),
  ...readOthers(schema, context),
];
