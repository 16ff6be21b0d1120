import { type ClientError, createClientError } from '../base/client-errors';
import { isRecord } from '../base/is-record';
import type { ConnectionSettings } from './connection-settings';

declare const location: { readonly origin: string };

/** What a transport says of a failure: the status of an answer, or the system's own words. */
interface TransportFailure {
  readonly status?: number | undefined;
  readonly detail?: string | undefined;
}

/** What an error says; several at once, as of a name with several addresses, have a code only. */
const textOf = (value: unknown): unknown => (isRecord(value) ? value.message || value.code : value);

/** Engine.IO gives the status or an error as `description`, and the request as `context`; each may be missing. */
function readFailure({
  message,
  ...error
}: Error & { description?: unknown; context?: unknown }): TransportFailure {
  const { description, context } = error;
  if (typeof description === 'number' && description > 0) return { status: description };
  const detail = textOf(description) || textOf(isRecord(context) && context.statusText) || message;
  const [, status] = /response: (\d+)/.exec(String(detail)) ?? [];
  return status === undefined ? { detail: String(detail) } : { status: Number(status) };
}

/** What else it may be in a page, where a browser does not say why it let no answer through. */
function otherOriginOf(url: URL): string | undefined {
  const { origin } = typeof location === 'undefined' ? url : location;
  return origin === url.origin ? undefined : origin;
}

/** Why the server could not be reached, in words that say what to look at. `isOpen` where its first answer came. */
export function toConnectionFailure(
  cause: Error,
  url: string,
  { path = '/socket.io', timeout = 20_000 }: ConnectionSettings,
  isOpen: boolean,
): ClientError {
  const { status, detail } = readFailure(cause);
  const target = new URL(url);
  const origin = otherOriginOf(target);
  let text = `Cannot connect to ${target.origin}${path}: `;
  if (status) text += `the server answered ${status}.`;
  else text += detail === 'timeout' ? `no answer within ${timeout} ms.` : `${detail}.`;
  if (status === 404) text += ' Is `path` the one that the server has?';
  // It does not know what this client has begun.
  if (status === 400 && isOpen) text += ' Do all requests of a client reach the same one?';
  if (!status && origin !== undefined)
    text += ` Is the server there, and does its \`corsOrigin\` name ${origin}?`;
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
