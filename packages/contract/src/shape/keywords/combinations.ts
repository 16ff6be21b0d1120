import type { JsonSchema, JsonSchemaObject } from '../../json-schema';
import type { SchemaContext } from '../schema-context';
import type { Rule, Shape } from '../shape';
import { findTag } from '../tag';
import { toList } from './arguments';

function toRules(keyword: 'allOf' | 'anyOf' | 'oneOf', shapes: readonly Shape[]): Rule[] {
  if (keyword === 'allOf') return [{ kind: 'all', shapes }];
  if (keyword === 'anyOf' && shapes.some((shape) => shape.isAnything)) return [];
  const tag = findTag(shapes);
  return [{ kind: keyword === 'anyOf' ? 'any' : 'one', shapes, ...(tag && { tag }) }];
}

function readBranches(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const keywords = ['allOf', 'anyOf', 'oneOf'] as const;
  return keywords.flatMap((keyword) => {
    const branches: readonly JsonSchema[] | undefined = schema[keyword];
    if (branches === undefined) return [];
    toList(context.place, keyword, branches);
    const shapes = branches.map((branch, index) => context.readSame(branch, keyword, index));
    return toRules(keyword, shapes);
  });
}

function readConditions(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const rules: Rule[] = [];
  if (schema.not !== undefined) rules.push({ kind: 'not', shape: context.readSame(schema.not, 'not') });
  const condition = context.readSame(schema.if ?? true, 'if');
  const then = context.readSame(schema.then ?? true, 'then');
  const otherwise = context.readSame(schema.else ?? true, 'else');
  if (schema.if !== undefined && !(then.isAnything && otherwise.isAnything)) {
    rules.push({ kind: 'if', condition, then, else: otherwise });
  }
  return rules;
}

/** Reads the keywords that apply schemas to the value itself. */
export const readCombinations = (schema: JsonSchemaObject, context: SchemaContext): Rule[] => [
  ...readBranches(schema, context),
  ...readConditions(schema, context),
];
