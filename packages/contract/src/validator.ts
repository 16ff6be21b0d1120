import type { Static, TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { Check, Errors } from 'typebox/schema';
import { WirepactError } from './error';
import { formatIssues, type Issue, toPointerToken } from './issues';

/** Checks values against one schema. */
export interface Validator<Value> {
  /** True where `value` matches the schema. */
  check(value: unknown): value is Value;
  /** What is wrong with `value`; empty where it matches. At most a handful, the first found. */
  issues(value: unknown): Issue[];
  /**
   * `value` itself, where it matches.
   * @throws WirepactError `INVALID_PAYLOAD` with its issues, or `INVALID_UUID` where only UUIDs are at fault.
   */
  parse(value: unknown): Value;
}

/** The error for a payload with these issues: `INVALID_UUID` where only UUIDs are at fault. */
export function toPayloadError(issues: Issue[]): WirepactError {
  const onlyUuids = issues.length > 0 && issues.every(({ keyword }) => keyword === 'format:uuid');
  const code = onlyUuids ? 'INVALID_UUID' : 'INVALID_PAYLOAD';
  return new WirepactError(code, formatIssues(issues), { issues });
}

/** TypeBox's own report of one error, in our words; one issue for each missing property. */
function toIssues(error: TLocalizedValidationError): Issue[] {
  const { instancePath: path, keyword, params, message } = error;
  switch (keyword) {
    case 'required':
      return params.requiredProperties.map((name) => ({
        path: `${path}/${toPointerToken(name)}`,
        message: 'is required',
        keyword,
      }));
    case 'format':
      return [{ path, message: `must be a valid ${params.format}`, keyword: `format:${params.format}` }];
    case 'enum':
      return [{ path, message: `must be one of ${JSON.stringify(params.allowedValues)}`, keyword }];
    case 'const':
      return [{ path, message: `must be ${JSON.stringify(params.allowedValue)}`, keyword }];
    default:
      return [{ path, message, keyword }];
  }
}

/** What is wrong, each thing once; a union is explained by its branches, not by the union itself. */
function listIssues(schema: TSchema, value: unknown): Issue[] {
  const [, errors] = Errors(schema, value);
  const unique = new Map(
    errors.flatMap(toIssues).map((issue) => [`${issue.path} ${issue.message}`, issue] as const),
  );
  const issues = [...unique.values()];
  const branches = issues.filter(({ keyword }) => keyword !== 'anyOf');
  return branches.length > 0 ? branches : issues;
}

/** A validator around a boolean check; the issues are only listed once the check has failed. */
export const validatorOf = <Schema extends TSchema>(
  schema: Schema,
  check: (value: unknown) => boolean,
): Validator<Static<Schema>> => ({
  check: (value): value is Static<Schema> => check(value),
  issues: (value) => (check(value) ? [] : listIssues(schema, value)),
  parse(value) {
    if (check(value)) return value as Static<Schema>;
    throw toPayloadError(listIssues(schema, value));
  },
});

/**
 * A validator that walks the schema at every check. It evaluates no code, so it runs under any
 * Content-Security-Policy; on a server, `compileValidator` of `@wirepact/contract/compile` is many times faster.
 */
export const createValidator = <Schema extends TSchema>(schema: Schema): Validator<Static<Schema>> =>
  validatorOf(schema, (value) => Check(schema, value));
