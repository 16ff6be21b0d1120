import type { JsonSchemaObject } from '../../../json-schema';
import { FORMATS } from '../formats';
import { MESSAGES } from '../messages';
import type { SchemaContext } from '../schema-context';
import type { SchemaPlace } from '../schema-place';
import { type Rule, type Test, VALUE } from '../shape';
import { toAscii } from '../source-text';
import { toCount } from './arguments';

const onString = (keyword: string, test: Test, message: string): Rule => ({
  kind: 'assertion',
  on: 'string',
  test,
  keyword,
  message,
});

function readLengths({ minLength, maxLength }: JsonSchemaObject, { place }: SchemaContext): Rule[] {
  const rules: Rule[] = [];
  if (minLength !== undefined) {
    const min = toCount(place, 'minLength', minLength);
    const test = min > 1 ? `hasAtLeast(${VALUE},${min})` : `${VALUE}!==""`;
    if (min > 0) rules.push(onString('minLength', test, MESSAGES.minLength(min)));
  }
  if (maxLength !== undefined) {
    const max = toCount(place, 'maxLength', maxLength);
    rules.push(onString('maxLength', `hasAtMost(${VALUE},${max})`, MESSAGES.maxLength(max)));
  }
  return rules;
}

/**
 * The literal of a pattern, with the flag `u`, as JSON Schema asks for.
 * @throws WirepactError `INVALID_CONTRACT` where it is no regular expression.
 */
export function toPatternLiteral(place: SchemaPlace, keyword: string, pattern: unknown): string {
  if (typeof pattern !== 'string') throw place.refusal(keyword, 'takes a regular expression as a string.');
  try {
    return toAscii(`/${new RegExp(pattern, 'u').source}/u`);
  } catch {
    const reason = `has ${JSON.stringify(pattern)}, which is no regular expression with the flag "u".`;
    throw place.refusal(keyword, reason);
  }
}

function readPattern({ pattern }: JsonSchemaObject, { place, constant }: SchemaContext): Rule[] {
  if (pattern === undefined) return [];
  const name = constant(toPatternLiteral(place, 'pattern', pattern));
  return [onString('pattern', `${name}.test(${VALUE})`, MESSAGES.pattern(pattern))];
}

function readFormat({ format }: JsonSchemaObject, { place, constant }: SchemaContext): Rule[] {
  if (format === undefined) return [];
  const known = FORMATS.get(format);
  if (known) return [onString(`format:${format}`, known(constant), MESSAGES.format(format))];
  const names = [...FORMATS.keys()].join(', ');
  throw place.refusal('format', `has ${JSON.stringify(format)}, which is none of ${names}; use a pattern.`);
}

/** Reads the keywords about strings. */
export const readStrings = (schema: JsonSchemaObject, context: SchemaContext): Rule[] => [
  ...readLengths(schema, context),
  ...readPattern(schema, context),
  ...readFormat(schema, context),
];
