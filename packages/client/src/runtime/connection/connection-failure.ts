import { type ClientError, createClientError } from '../base/client-errors';
import { isRecord } from '../base/is-record';
import type { ConnectionSettings } from './connection-settings';

declare const location: { readonly origin: string };

/** What an error says; several at once, as of a name with several addresses, have a code only. */
const textOf = (value: unknown): unknown => (isRecord(value) ? value.message || value.code : value);

/**
 * What a transport says of a failure: the status of an answer, or the system's own words. Engine.IO gives the status or an
 * error as `description`, and the request as `context`; each may be missing.
 */
function readFailure({
  message,
  ...error
}: Error & { description?: unknown; context?: unknown }): number | string {
  const { description, context } = error;
  if (typeof description === 'number' && description > 0) return description;
  const detail = `${textOf(description) || textOf(Object(context).statusText) || message}`;
  const [, status] = /response: (\d+)/.exec(detail) ?? [];
  return Number(status) || detail;
}

/** Why the server could not be reached, in words that say what to look at. `isOpen` where its first answer came. */
export function toConnectionFailure(
  cause: Error,
  url: string,
  { path = '/socket.io', timeout = 20_000 }: ConnectionSettings,
  isOpen: boolean,
): ClientError {
  const failure = readFailure(cause);
  const target = new URL(url);
  const { origin } = typeof location === 'undefined' ? target : location;
  let text = `Cannot connect to ${target.origin}${path}: `;
  if (typeof failure === 'number') text += `the server answered ${failure}.`;
  else {
    text += failure === 'timeout' ? `no answer within ${timeout} ms.` : `${failure}.`;
    // A browser does not say why it let no answer through.
    if (origin !== target.origin) text += ` Is the server there, and does its \`corsOrigin\` name ${origin}?`;
  }
  if (failure === 404) text += ' Is `path` the one that the server has?';
  // It does not know what this client has begun.
  if (failure === 400 && isOpen) text += ' Do all requests reach the same one?';
  return createClientError('CONNECTION_FAILED', text, cause);
}

/** Why the server does not want this connection, where it gave no code of ours. */
export function toRefusal(cause: Error, url: string): ClientError {
  const { pathname } = new URL(url);
  // Socket.IO's own words for a namespace that the server does not have.
  const isNamespace = cause.message === 'Invalid namespace' && pathname !== '/';
  const text = isNamespace
    ? `The server has no namespace "${pathname}", which is what the path of a URL names. The path of the endpoint is the option \`path\`.`
    : cause.message;
  return createClientError('CONNECTION_REFUSED', text, cause);
}
