import type { WirepactError } from '@wirepact/contract/runtime';
import { agentFailure } from './agent-failure';
import { fieldOf } from './field-of';

/** How much of an answer's body is read, in bytes. */
const MAX_BYTES = 16 * 1024;

/** How long `Retry-After` asks to wait, in milliseconds: it has seconds, or a date. */
function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('retry-after') ?? '';
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}

function toAdvice(status: number, retryAfterMs: number | undefined): string {
  const wait = retryAfterMs === undefined ? 'later' : `in ${Math.ceil(retryAfterMs / 1000)} s`;
  if (status === 401 || status === 403) return 'refused the key: check `apiKey`, and that it may use `model`';
  if (status === 404)
    return 'has no such address or model: check `url`, which ends before /chat/completions, and `model`';
  if (status === 429) return `has had too many requests, or its quota is used up: try again ${wait}`;
  if (status >= 500) return `has failed: try again ${wait}`;
  if (status >= 300 && status < 400) return 'redirects elsewhere: give that address as `url`';
  return 'refused the request';
}

/** The message in a body: OpenAI's `error.message`, what others have there, or all of it. */
function messageIn(body: string): unknown {
  try {
    const answer: unknown = JSON.parse(body);
    const error = fieldOf(answer, 'error');
    return fieldOf(error, 'message') ?? error ?? fieldOf(answer, 'message') ?? fieldOf(answer, 'detail');
  } catch {
    return body;
  }
}

async function readStart(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const bytes of chunks) {
    text += decoder.decode(bytes, { stream: true });
    size += bytes.byteLength;
    if (size > MAX_BYTES) break;
  }
  return text;
}

/**
 * The error of an endpoint that did not answer with 200: what its status means and what to do. `quote` shows what the
 * endpoint says, which is left out where it refused the key: some repeat a part of it.
 */
export async function toRefusal(
  response: Response,
  chunks: AsyncIterable<Uint8Array>,
  shown: string,
  quote: (said: unknown) => string,
): Promise<WirepactError> {
  const { status } = response;
  const retryAfterMs = retryAfterOf(response);
  const said = status === 401 || status === 403 ? '' : quote(messageIn(await readStart(chunks)));
  const retryable = status === 429 || status >= 500;
  return agentFailure(`${shown} (status ${status}) ${toAdvice(status, retryAfterMs)}.${said}`, {
    retryable,
    retryAfterMs: retryable ? retryAfterMs : undefined,
  });
}
