import type { JsonSchemaObject } from '../../json-schema';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import type { Assertion, Rule, RuleBody } from '../shape';
import { toCount, toList } from './arguments';

const onArray = (body: RuleBody): Rule => ({ ...body, on: 'array' });

const assertion = (asserted: Assertion, message: string): Rule =>
  onArray({ kind: 'assertion', assertion: asserted, keyword: asserted.is, message });

function readCounts(schema: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  const { minItems, maxItems, uniqueItems } = schema;
  const rules: Rule[] = [];
  if (minItems !== undefined) {
    const limit = toCount(place, 'minItems', minItems);
    if (limit > 0) rules.push(assertion({ is: 'minItems', limit }, MESSAGES.minItems(limit)));
  }
  if (maxItems !== undefined) {
    const limit = toCount(place, 'maxItems', maxItems);
    rules.push(assertion({ is: 'maxItems', limit }, MESSAGES.maxItems(limit)));
  }
  if (uniqueItems) rules.push(assertion({ is: 'uniqueItems' }, MESSAGES.uniqueItems()));
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
