import { findBoundsIssue } from './bounds';
import { WirepactError } from './error';
import type { ContractEvent } from './event';
import { formatIssues, type Issue } from './issues';
import type { PayloadSchema } from './payload-schema';

/** The error for a payload with these issues: `INVALID_UUID` where only UUIDs are at fault. */
export function toPayloadError(issues: Issue[]): WirepactError {
  const onlyUuids = issues.length > 0 && issues.every(({ keyword }) => keyword === 'format:uuid');
  const code = onlyUuids ? 'INVALID_UUID' : 'INVALID_PAYLOAD';
  return new WirepactError(code, formatIssues(issues), { issues });
}

const BOUND_KEYWORDS = new Set(['maxDepth', 'maxProperties', 'maxSize']);

const toBoundsError = (issue: Issue) =>
  new WirepactError(
    BOUND_KEYWORDS.has(issue.keyword) ? 'PAYLOAD_TOO_LARGE' : 'INVALID_PAYLOAD',
    formatIssues([issue]),
    { issues: [issue] },
  );

/**
 * What is wrong with the payload of an event, if anything: `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD` or `INVALID_UUID`
 * with its issues. Bounds come first, so that the schema only sees what is small. What is right is known at once;
 * what is wrong may take a moment to list.
 */
export function findPayloadError(event: ContractEvent, payload: unknown): Promise<WirepactError> | undefined {
  const { payload: schema, limits } = event;
  if (!schema) return undefined;
  const boundsIssue = findBoundsIssue(payload, limits);
  if (boundsIssue) return Promise.resolve(toBoundsError(boundsIssue));
  if (schema.check(payload)) return undefined;
  return Promise.resolve(schema.issues(payload)).then(toPayloadError);
}

/**
 * `value` itself, where it is as `schema` says.
 * @throws WirepactError `INVALID_PAYLOAD` with its issues, or `INVALID_UUID` where only UUIDs are at fault.
 */
export async function parsePayload<Value>(schema: PayloadSchema<Value>, value: unknown): Promise<Value> {
  if (schema.check(value)) return value;
  throw toPayloadError(await schema.issues(value));
}
