const list = (values: readonly unknown[]) => JSON.stringify(values);
const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What issues say, by keyword: what the value must be, so that a path before it makes a sentence. */
export const MESSAGES = {
  type: (types: readonly string[]) => `must be ${types.join(' or ')}`,
  required: () => 'is required',
  never: () => 'is not allowed',
  format: (format: string) => `must be a valid ${format}`,
  enum: (values: readonly unknown[]) => `must be one of ${list(values)}`,
  const: (value: unknown) => `must be ${JSON.stringify(value)}`,
  minimum: (limit: number) => `must be >= ${limit}`,
  maximum: (limit: number) => `must be <= ${limit}`,
  exclusiveMinimum: (limit: number) => `must be > ${limit}`,
  exclusiveMaximum: (limit: number) => `must be < ${limit}`,
  multipleOf: (divisor: number) => `must be a multiple of ${divisor}`,
  minLength: (limit: number) => `must not have fewer than ${plural(limit, 'character')}`,
  maxLength: (limit: number) => `must not have more than ${plural(limit, 'character')}`,
  pattern: (pattern: string) => `must match the pattern ${pattern}`,
  minItems: (limit: number) => `must not have fewer than ${plural(limit, 'item')}`,
  maxItems: (limit: number) => `must not have more than ${plural(limit, 'item')}`,
  uniqueItems: () => 'must not have duplicate items',
  minContains: (limit: number) => `must contain at least ${plural(limit, 'matching item')}`,
  maxContains: (limit: number) => `must contain at most ${plural(limit, 'matching item')}`,
  minProperties: (limit: number) => `must not have fewer than ${limit} properties`,
  maxProperties: (limit: number) => `must not have more than ${limit} properties`,
  additionalProperties: () => 'is not a known property',
  propertyNames: () => 'is not an allowed property name',
  dependentRequired: (name: string) => `is required where ${JSON.stringify(name)} is present`,
  oneOf: () => 'must match exactly one alternative, but matches several',
  not: () => 'must not match what the schema excludes',
} as const;
