import type { JsonSchemaObject } from '@wirepact/contract/tools';

/** Patterns that every text matches. */
const MATCHES_ALL = new Set(['', '^', '$', '.*', '^[\\s\\S]*$', '[\\s\\S]*']);

const given = <Value>(values: readonly (Value | undefined)[]) =>
  values.filter((value) => value !== undefined);

/** Fewest and most characters of texts that match all of `schemas`. */
export const lengthRange = (schemas: readonly JsonSchemaObject[]) => ({
  least: Math.max(0, ...given(schemas.map(({ minLength }) => minLength))),
  most: Math.min(Number.POSITIVE_INFINITY, ...given(schemas.map(({ maxLength }) => maxLength))),
});

/** True where all texts that match `known` match the keywords of `goal` for texts. Patterns and formats are equal or unrelated. */
export function provesString(known: readonly JsonSchemaObject[], goal: JsonSchemaObject): boolean {
  const { least, most } = lengthRange(known);
  const { pattern, format } = goal;
  return (
    least >= (goal.minLength ?? 0) &&
    most <= (goal.maxLength ?? Number.POSITIVE_INFINITY) &&
    (pattern === undefined || MATCHES_ALL.has(pattern) || known.some((one) => one.pattern === pattern)) &&
    (format === undefined || known.some((one) => one.format === format))
  );
}
