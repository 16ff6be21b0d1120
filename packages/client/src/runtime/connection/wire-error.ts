import { type ClientError, toClientError } from '../base/client-errors';
import { isRecord } from '../base/is-record';

const isIssue = (value: unknown) =>
  isRecord(value) && typeof value.path === 'string' && typeof value.message === 'string';

/** The issues the server listed, or `undefined` where it listed none that can be read. */
function readIssues(value: unknown): ClientError['issues'] {
  if (!Array.isArray(value) || !value.every(isIssue)) return undefined;
  return value.map(({ path, message, keyword }) => ({ path, message, keyword: String(keyword ?? '') }));
}

/**
 * The error that the server describes with `value`, or `undefined` where `value` describes none.
 * A code and a message make an error; what else is there is taken where it has the right type.
 */
export function parseWireError(value: unknown): ClientError | undefined {
  if (!isRecord(value) || typeof value.code !== 'string' || typeof value.message !== 'string')
    return undefined;
  const { retryAfterMs, data } = value;
  return toClientError(value.code, value.message, {
    retryable: value.retryable === true,
    issues: readIssues(value.issues),
    data,
    retryAfterMs: typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : undefined,
  });
}

/** The answer in an acknowledgement: its data, its error, or `undefined` where it is neither. */
export function parseAck(value: unknown): { data: unknown } | { error: ClientError } | undefined {
  if (!isRecord(value)) return undefined;
  if (value.ok === true) return { data: value.data };
  const error = value.ok === false ? parseWireError(value.error) : undefined;
  return error && { error };
}
