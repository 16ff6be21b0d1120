import type { JsonSchemaObject } from '../../json-schema';
import { suggest } from '../../nearest';
import { FORMATS } from '../formats';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import type { SchemaPlace } from '../schema-place';
import type { Assertion, Rule } from '../shape';
import { toCount } from './arguments';

const onString = (assertion: Assertion, keyword: string, message: string): Rule => ({
  kind: 'assertion',
  on: 'string',
  assertion,
  keyword,
  message,
});

function readLengths({ minLength, maxLength }: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  const rules: Rule[] = [];
  if (minLength !== undefined) {
    const limit = toCount(place, 'minLength', minLength);
    const rule = onString({ is: 'minLength', limit }, 'minLength', MESSAGES.minLength(limit));
    if (limit > 0) rules.push(rule);
  }
  if (maxLength !== undefined) {
    const limit = toCount(place, 'maxLength', maxLength);
    rules.push(onString({ is: 'maxLength', limit }, 'maxLength', MESSAGES.maxLength(limit)));
  }
  return rules;
}

/**
 * A pattern that can be one, with the flag `u`, as JSON Schema asks for.
 * @throws WirepactError `INVALID_CONTRACT` where it is no regular expression.
 */
export function toPattern(place: SchemaPlace, keyword: string, pattern: unknown): string {
  if (typeof pattern !== 'string') throw place.refusal(keyword, 'takes a regular expression as a string.');
  try {
    new RegExp(pattern, 'u');
    return pattern;
  } catch {
    const reason = `has ${JSON.stringify(pattern)}, which is not a regular expression with the flag "u".`;
    throw place.refusal(keyword, reason);
  }
}

function readPattern(schema: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  if (schema.pattern === undefined) return [];
  const pattern = toPattern(place, 'pattern', schema.pattern);
  return [onString({ is: 'pattern', pattern }, 'pattern', MESSAGES.pattern(pattern))];
}

function readFormat({ format }: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  if (format === undefined) return [];
  if (FORMATS.has(format))
    return [onString({ is: 'format', format }, `format:${format}`, MESSAGES.format(format))];
  const names = [...FORMATS.keys()];
  const near = suggest(String(format), names) || '; use a pattern.';
  throw place.refusal(
    'format',
    `has ${JSON.stringify(format)}, which is not one of ${names.join(', ')}${near}`,
  );
}

/** Reads the keywords about strings. */
export const readStrings = (schema: JsonSchemaObject, context: SchemaContext): Rule[] => [
  ...readLengths(schema, context),
  ...readPattern(schema, context),
  ...readFormat(schema, context),
];
