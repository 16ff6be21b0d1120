import type { StandardSchemaV1 } from '@standard-schema/spec';
import { fromPointer, type Issue } from './issues';
import type { JsonSchema } from './json-schema';

/** How a schema was declared, as far as it can be written down as JSON. */
export interface SchemaDeclaration {
  /** The schema as JSON Schema 2020-12; as much of it as can be said, where there are obstacles. */
  readonly json: JsonSchema;
  /** What of the schema no JSON Schema can say, each with its place: then nothing can be emitted from it. */
  readonly obstacles: readonly string[];
}

/** The schema of what an event or its acknowledgement carries. It is a Standard Schema, too. */
export interface PayloadSchema<Value = unknown> extends StandardSchemaV1<Value> {
  /** True where `value` is as the schema says. */
  check(value: unknown): value is Value;
  /**
   * What is wrong with `value`, each with its path; empty where it is as the schema says. At most a handful.
   * A promise where the lister of issues is loaded only now.
   */
  issues(value: unknown): Issue[] | Promise<Issue[]>;
  /** How it was declared; left out of contracts that were built ahead of time. */
  readonly declaration?: SchemaDeclaration;
}

/** What a {@link PayloadSchema} is made of. */
export interface PayloadSchemaParts {
  readonly check: (value: unknown) => boolean;
  /** Lists the issues of a value that `check` refused. */
  readonly issues: (value: unknown) => Issue[] | Promise<Issue[]>;
  readonly declaration?: SchemaDeclaration;
}

const toFailure = (issues: readonly Issue[]): StandardSchemaV1.FailureResult => ({
  issues: issues.map(({ path, message }) => ({ message, path: fromPointer(path) })),
});

/** What is said where the lister could not be loaded: that much is known without it. */
const UNLISTED: Issue = { path: '', message: 'does not match the schema', keyword: 'schema' };

/**
 * A schema out of a boolean check and a lister of issues, which is only asked once the check has failed. A
 * lister that rejects, as where the network took its module away, leaves one issue that says no more than that.
 */
export function createPayloadSchema<Value>(parts: PayloadSchemaParts): PayloadSchema<Value> {
  const { check, declaration } = parts;
  const list = (value: unknown) => {
    const issues = parts.issues(value);
    return Array.isArray(issues) ? issues : issues.catch(() => [UNLISTED]);
  };
  return {
    check: (value): value is Value => check(value),
    issues: (value) => (check(value) ? [] : list(value)),
    ...(declaration && { declaration }),
    '~standard': {
      version: 1,
      vendor: 'wirepact',
      validate(value) {
        // `check` has said what the type is; a narrowing over a stored function is beyond the compiler.
        if (check(value)) return { value: value as Value };
        const issues = list(value);
        return Array.isArray(issues) ? toFailure(issues) : issues.then(toFailure);
      },
    },
  };
}
