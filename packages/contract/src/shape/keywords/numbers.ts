import type { JsonSchemaObject } from '../../json-schema';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import type { LimitKeyword, Rule } from '../shape';
import { toNumber } from './arguments';

const onNumber = (is: LimitKeyword, limit: number, message: string): Rule => ({
  kind: 'assertion',
  on: 'number',
  assertion: { is, limit },
  keyword: is,
  message,
});

function readMultipleOf({ multipleOf }: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  if (multipleOf === undefined) return [];
  const divisor = toNumber(place, 'multipleOf', multipleOf);
  if (divisor <= 0) throw place.refusal('multipleOf', `takes a number above 0, not ${divisor}.`);
  return [onNumber('multipleOf', divisor, MESSAGES.multipleOf(divisor))];
}

/** Reads the keywords about numbers. */
export function readNumbers(schema: JsonSchemaObject, context: SchemaContext): Rule[] {
  const keywords = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
  const limits = keywords.flatMap((keyword) => {
    if (schema[keyword] === undefined) return [];
    const bound = toNumber(context.place, keyword, schema[keyword]);
    return [onNumber(keyword, bound, MESSAGES[keyword](bound))];
  });
  return [...limits, ...readMultipleOf(schema, context)];
}
