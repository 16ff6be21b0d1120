import { findBoundsIssue } from './bounds';
import { WirepactError } from './error';
import type { ContractError, PipelineErrorCode } from './error-registry';
import type { ContractEvent, PayloadBounds } from './event';
import { formatIssues, type Issue } from './issues';
import type { PayloadSchema } from './payload-schema';

const toError = (code: PipelineErrorCode, issues: Issue[]) =>
  new WirepactError(code, formatIssues(issues), { issues });

/** The error for a payload with these issues of its schema: `INVALID_UUID` where only UUIDs are at fault. */
function toPayloadError(issues: Issue[]): WirepactError {
  const onlyUuids = issues.length > 0 && issues.every(({ keyword }) => keyword === 'format:uuid');
  return toError(onlyUuids ? 'INVALID_UUID' : 'INVALID_PAYLOAD', issues);
}

function findError(
  value: unknown,
  bounds: PayloadBounds,
  schema: PayloadSchema | undefined,
): Promise<WirepactError> | undefined {
  const issue = findBoundsIssue(value, bounds);
  if (issue) {
    const code = Object.hasOwn(bounds, issue.keyword) ? 'PAYLOAD_TOO_LARGE' : 'INVALID_PAYLOAD';
    return Promise.resolve(toError(code, [issue]));
  }
  if (!schema || schema.check(value)) return undefined;
  return Promise.resolve(schema.issues(value)).then(toPayloadError);
}

/**
 * What is wrong with the payload of an event of either direction, if anything: `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD`
 * or `INVALID_UUID` with its issues. It is the one check for whoever sends and whoever receives: bounds and whether it
 * is JSON come first, so that the schema only sees what is small; then the schema. What is right is known at once; what
 * is wrong may take a moment to list.
 *
 * Of an event that declares no payload only the bounds are checked; drop what was sent in its place.
 */
export const findPayloadError = (
  { payload: schema, limits }: ContractEvent,
  payload: unknown,
): Promise<WirepactError> | undefined => findError(payload, limits, schema);

/** What an answer holds has no limits of its own, as the server makes it; this only keeps the check from running for ever. */
const REPLY_BOUNDS: PayloadBounds = {
  maxDepth: 100,
  maxProperties: Number.POSITIVE_INFINITY,
  maxSize: Number.POSITIVE_INFINITY,
};

/**
 * What is wrong with the data of an acknowledgement, if anything, as {@link findPayloadError} says it: whether it is
 * JSON, then the schema of the event's `reply`. Of an event that declares no reply nothing is checked; its data is
 * `null`, whatever was given in its place.
 */
export const findReplyError = (
  { reply: schema }: ContractEvent,
  reply: unknown,
): Promise<WirepactError> | undefined => (schema ? findError(reply, REPLY_BOUNDS, schema) : undefined);

/** What is wrong with an item of a stream, if anything, as {@link findReplyError} says it of a reply. */
export const findItemError = (
  { stream: schema }: ContractEvent,
  item: unknown,
): Promise<WirepactError> | undefined => (schema ? findError(item, REPLY_BOUNDS, schema) : undefined);

/** What is wrong with the data of an error, if anything, as {@link findReplyError} says it of a reply. */
export const findErrorDataError = (
  { data: schema }: ContractError,
  data: unknown,
): Promise<WirepactError> | undefined => (schema ? findError(data, REPLY_BOUNDS, schema) : undefined);
