import type { JsonSchemaObject } from '../../../json-schema';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import { type Rule, type RuleBody, type Test, VALUE } from '../shape';
import { toCount, toList } from './arguments';

const onArray = (body: RuleBody): Rule => ({ ...body, on: 'array' });

const assertion = (keyword: string, test: Test, message: string): Rule =>
  onArray({ kind: 'assertion', test, keyword, message });

function readCounts(schema: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  const { minItems, maxItems, uniqueItems } = schema;
  const rules: Rule[] = [];
  if (minItems !== undefined) {
    const min = toCount(place, 'minItems', minItems);
    if (min > 0) rules.push(assertion('minItems', `${VALUE}.length>=${min}`, MESSAGES.minItems(min)));
  }
  if (maxItems !== undefined) {
    const max = toCount(place, 'maxItems', maxItems);
    rules.push(assertion('maxItems', `${VALUE}.length<=${max}`, MESSAGES.maxItems(max)));
  }
  if (uniqueItems) rules.push(assertion('uniqueItems', `isUnique(${VALUE})`, MESSAGES.uniqueItems()));
  return rules;
}

function readItems(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const prefix = toList(context.place, 'prefixItems', schema.prefixItems ?? []);
  const rules: Rule[] = (schema.prefixItems ?? []).flatMap((item, index) => {
    const shape = context.readInner(item, 'prefixItems', index);
    return shape.isAnything ? [] : [onArray({ kind: 'item', index, shape })];
  });
  if (schema.items !== undefined) {
    const shape = context.readInner(schema.items, 'items');
    if (!shape.isAnything) rules.push(onArray({ kind: 'items', from: prefix.length, shape }));
  }
  return rules;
}

function readContains(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const { contains, minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema;
  if (contains === undefined) return [];
  const min = toCount(context.place, 'minContains', minContains);
  const max =
    schema.maxContains === undefined ? maxContains : toCount(context.place, 'maxContains', maxContains);
  if (min === 0 && max === Number.POSITIVE_INFINITY) return [];
  return [onArray({ kind: 'contains', min, max, shape: context.readInner(contains, 'contains') })];
}

/** Reads the keywords about arrays. */
export const readArrays = (schema: JsonSchemaObject, context: SchemaContext): Rule[] => [
  ...readCounts(schema, context),
  ...readItems(schema, context),
  ...readContains(schema, context),
];
