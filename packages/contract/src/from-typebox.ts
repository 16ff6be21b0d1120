import type { Static, TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { Check, Errors } from 'typebox/schema';
import { type Issue, toPointerToken } from './issues';
import { createPayloadSchema, type PayloadSchema } from './payload-schema';
import { toJsonSchema } from './to-json-schema';

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

/** The schema a TypeBox schema declares, its type left to whoever knows it. */
export function fromTypeBox<Value>(schema: TSchema): PayloadSchema<Value> {
  const declaration = toJsonSchema(schema);
  // As JSON where that says all of it, so that it is checked here as it is once built.
  const checked: TSchema = declaration.obstacles.length === 0 ? Object(declaration.json) : schema;
  return createPayloadSchema({
    check: (value) => Check(checked, value),
    issues: (value) => listIssues(checked, value),
    declaration: { ...declaration, typebox: checked },
  });
}

/**
 * A schema that TypeBox walks at every check. It evaluates no code, so it runs under any Content-Security-Policy;
 * for production, build the contract ahead of time.
 */
export const createValidator = <Schema extends TSchema>(schema: Schema): PayloadSchema<Static<Schema>> =>
  fromTypeBox(schema);
