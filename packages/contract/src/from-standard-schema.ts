import type { StandardSchemaV1 } from '@standard-schema/spec';
import { WirepactError } from './error';
import { type Issue, toPointerToken } from './issues';
import { createPayloadSchema, type PayloadSchema } from './payload-schema';

/** True for a schema that is ours already: one out of another contract. */
const isPayloadSchema = <Value>(schema: StandardSchemaV1): schema is PayloadSchema<Value> =>
  schema['~standard'].vendor === 'wirepact';

const toPointer = (path: StandardSchemaV1.Issue['path'] = []) =>
  path
    .map((segment) => `/${toPointerToken(String(typeof segment === 'object' ? segment.key : segment))}`)
    .join('');

/** As many issues as one is told of, whatever the library found. */
const MAX_ISSUES = 8;

const toIssue = ({ message, path }: StandardSchemaV1.Issue): Issue => ({
  path: toPointer(path),
  message,
  keyword: 'schema',
});

/**
 * The schema of another library, through the Standard Schema interface. It only checks: what a payload is
 * transformed to is not used, as the wire carries what was sent.
 *
 * @throws WirepactError `INVALID_CONTRACT`, at the first check, where the schema needs to be awaited.
 */
export function fromStandardSchema<Value>(schema: StandardSchemaV1): PayloadSchema<Value> {
  if (isPayloadSchema<Value>(schema)) return schema;
  const { vendor, validate } = schema['~standard'];
  const findIssues = (value: unknown): readonly StandardSchemaV1.Issue[] => {
    const result = validate(value);
    if (!(result instanceof Promise)) return result.issues ?? [];
    // Nobody waits for it: that it rejects must not end the process.
    result.catch(() => {});
    throw new WirepactError(
      'INVALID_CONTRACT',
      `A schema of ${vendor} is asynchronous; payloads are checked in the order they arrive, so use one that is not.`,
    );
  };
  return createPayloadSchema({
    check: (value) => findIssues(value).length === 0,
    issues: (value) => findIssues(value).slice(0, MAX_ISSUES).map(toIssue),
    declaration: {
      json: {},
      obstacles: [
        `it is a schema of ${vendor}; only what is declared with TypeBox can be built ahead of time`,
      ],
    },
  });
}
