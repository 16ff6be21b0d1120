import { toPointerToken } from '../../issues';
import type { JsonSchemaObject } from '../../json-schema';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import type { Rule, RuleBody } from '../shape';
import { toCount, toEntries, toNames } from './arguments';
import { toPattern } from './strings';

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

function readPatterns(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const keyword = 'patternProperties';
  return toEntries(context.place, keyword, schema.patternProperties).flatMap(([pattern, property]) => {
    const names = { matching: toPattern(context.place, keyword, pattern) };
    const shape = context.readInner(property, keyword, pattern);
    return shape.isAnything ? [] : [onObject({ kind: 'entries', names, shape, keyword })];
  });
}

function readOthers(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const { additionalProperties, propertyNames } = schema;
  const rules: Rule[] = [];
  if (additionalProperties !== undefined) {
    const keyword = 'additionalProperties';
    const shape = context.readInner(additionalProperties, keyword);
    const known = Object.keys(schema.properties ?? {});
    const names = { except: { names: known, patterns: Object.keys(schema.patternProperties ?? {}) } };
    if (!shape.isAnything) rules.push(onObject({ kind: 'entries', names, shape, keyword }));
  }
  if (propertyNames !== undefined) {
    const shape = context.readInner(propertyNames, 'propertyNames');
    if (!shape.isAnything) rules.push(onObject({ kind: 'names', shape }));
  }
  return rules;
}

function readCounts(schema: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  const keywords = ['minProperties', 'maxProperties'] as const;
  return keywords.flatMap((keyword) => {
    if (schema[keyword] === undefined) return [];
    const limit = toCount(place, keyword, schema[keyword]);
    const assertion = { is: keyword, limit };
    return [onObject({ kind: 'assertion', assertion, keyword, message: MESSAGES[keyword](limit) })];
  });
}

function readDependencies(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const keyword = 'dependentRequired';
  const required = toEntries(context.place, keyword, schema.dependentRequired).flatMap(([name, others]) =>
    toNames(context.place, keyword, others).map((other): Rule => {
      const at = `/${toPointerToken(other)}`;
      const message = MESSAGES.dependentRequired(name);
      return onObject({
        kind: 'assertion',
        assertion: { is: 'dependency', name, other },
        keyword,
        message,
        at,
      });
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
