import { asClientError, createClientError } from '../../runtime/base/client-errors';
import { ChatError } from '../chat-error';
import type { Fields } from './pending-requests';

/** Bytes of an answer that are read at most. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Where the newest page ends. */
export const NEWEST = Number.POSITIVE_INFINITY;

/** Which messages to read. */
export interface PageRequest {
  readonly channelId: string;
  readonly limit: number;
  /** Only messages created before, Unix time in milliseconds. Default: infinite, for the newest. */
  readonly before?: number;
}

/** What a REST side needs to know. */
export interface RestAccess {
  /** Where the server is. */
  readonly origin: string;
  /** The credentials that a connection would have now. */
  readonly credentials: () => Promise<object>;
  /** Until when a failure to reach it is taken for that of a moment: for ever, once a history could be read. */
  readonly reach: { until?: number };
}

/** Why the REST side gave nothing. */
function toError(status: number, retryAfter: string | null): ChatError {
  const said = `The server's REST side answered ${status}`;
  if (status === 401 || status === 403)
    return new ChatError('UNAUTHENTICATED', `${said}: \`auth.apiKey\` must be its ELIZA_SERVER_AUTH_TOKEN.`);
  if (status === 429) {
    const seconds = Number(retryAfter);
    const retryAfterMs = seconds > 0 ? seconds * 1000 : undefined;
    return new ChatError('RATE_LIMITED', `${said}.`, { retryable: true, retryAfterMs });
  }
  if (status >= 500) return new ChatError('STORE_UNAVAILABLE', `${said}.`, { retryable: true });
  return new ChatError('NOT_SUPPORTED', `${said}: it has no history, or not at this address.`);
}

/** The body as text, as long as it is not too large. */
async function readText({ body }: Response): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MAX_BYTES) {
      await reader.cancel();
      throw createClientError('INVALID_REPLY', `The server's REST side sent more than ${MAX_BYTES} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What the body of an answer has for messages: they count, whatever they are. */
function readMessages(text: string): Fields[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {}
  const { messages } = Object(Object(body).data);
  if (Array.isArray(messages)) return messages.map(Object);
  throw createClientError('INVALID_REPLY', "The server's REST side sent no list of messages.");
}

/**
 * Messages of a channel as the server's REST side has them, newest first.
 * @throws WirepactError `CONNECTION_FAILED`, `UNAUTHENTICATED`, `RATE_LIMITED`, `STORE_UNAVAILABLE`, `NOT_SUPPORTED`,
 * `INVALID_REPLY`, or the reason of `signal`
 */
export async function readHistory(
  { origin, credentials, reach }: RestAccess,
  { channelId, limit, before = NEWEST }: PageRequest,
  signal: AbortSignal,
): Promise<Fields[]> {
  const url = new URL(`/api/messaging/channels/${encodeURIComponent(channelId)}/messages`, origin);
  url.searchParams.set('limit', String(limit));
  if (before < NEWEST) url.searchParams.set('before', String(before));
  const { apiKey }: { apiKey?: unknown } = await credentials();
  const headers = { ...(typeof apiKey === 'string' && { 'X-API-KEY': apiKey }) };
  try {
    const response = await fetch(url, { headers, signal });
    if (!response.ok) throw toError(response.status, response.headers.get('retry-after'));
    const messages = readMessages(await readText(response));
    reach.until = NEWEST;
    return messages;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof ChatError) throw asClientError(cause);
    const text = `Cannot read the history from ${url.origin}: ${cause instanceof Error ? cause.message : cause}. Its CORS_ORIGIN must have the origin of the page.`;
    throw createClientError('CONNECTION_FAILED', text, cause);
  }
}
