import type { JsonSchema, JsonSchemaObject } from '../../../json-schema';
import type { SchemaContext } from '../schema-context';
import type { Rule } from '../shape';
import { toList } from './arguments';

const KINDS = { allOf: 'all', anyOf: 'any', oneOf: 'one' } as const;

function readBranches(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const keywords = ['allOf', 'anyOf', 'oneOf'] as const;
  return keywords.flatMap((keyword) => {
    const branches: readonly JsonSchema[] | undefined = schema[keyword];
    if (branches === undefined) return [];
    toList(context.place, keyword, branches);
    const shapes = branches.map((branch, index) => context.readSame(branch, keyword, index));
    const isMoot = keyword === 'anyOf' && shapes.some((shape) => shape.isAnything);
    return isMoot ? [] : [{ kind: KINDS[keyword], shapes }];
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
