import { agentFailure } from './agent-failure';
import { toRefusal } from './http-refusal';
import type { OpenAiAgentOptions } from './openai-options';
import { createPatience, type Patience } from './patience';

const DEFAULT_STALL_TIMEOUT_MS = 30_000;
/** How much of what an endpoint says is shown, in characters. */
const MAX_SHOWN = 300;

/** An OpenAI-compatible endpoint. */
export interface Endpoint {
  /**
   * Asks for an answer; its bytes as they come. The request ends when `signal` aborts, and when nobody reads any more.
   * @throws WirepactError `AGENT_FAILED` where the endpoint cannot be reached, refuses, stalls, or cuts the connection.
   */
  post(body: object, signal: AbortSignal): AsyncGenerator<Uint8Array>;
  /** What the endpoint says, ready to follow a sentence: short, on one line, and without the key. */
  quote(said: unknown): string;
}

/** The error code of Node's, where there is one. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = Reflect.get(cause, 'code');
    if (typeof code === 'string') return ` (${code})`;
  }
  return '';
}

class HttpEndpoint implements Endpoint {
  private readonly url: URL;
  /** The address without its query, in which some have keys. */
  private readonly shown: string;
  private readonly stallTimeoutMs: number;
  private readonly apiKey: string | undefined;

  constructor({ url, apiKey, stallTimeoutMs = DEFAULT_STALL_TIMEOUT_MS }: OpenAiAgentOptions) {
    this.url = new URL(url);
    this.url.pathname = `${this.url.pathname.replace(/\/+$/, '')}/chat/completions`;
    this.shown = this.url.origin + this.url.pathname;
    this.apiKey = apiKey;
    this.stallTimeoutMs = stallTimeoutMs;
  }

  quote(said: unknown): string {
    const text = typeof said === 'string' ? said : (JSON.stringify(said ?? '') ?? '');
    const open = this.apiKey ? text.replaceAll(this.apiKey, '[the key]') : text;
    const line = open.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    return /[^"]/.test(line) ? ` It says: ${line.slice(0, MAX_SHOWN)}` : '';
  }

  async *post(body: object, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const patience = createPatience(this.stallTimeoutMs);
    // Whoever does not read on needs no connection any more.
    const left = new AbortController();
    try {
      yield* this.request(body, AbortSignal.any([signal, patience.signal, left.signal]), patience);
    } catch (cause) {
      signal.throwIfAborted();
      if (!patience.signal.aborted) throw cause;
      const silence = `${this.shown} has sent nothing for ${this.stallTimeoutMs} ms`;
      throw agentFailure(`${silence}: try again later, or raise \`stallTimeoutMs\`.`, { retryable: true });
    } finally {
      left.abort();
    }
  }

  private async *request(body: object, signal: AbortSignal, patience: Patience): AsyncGenerator<Uint8Array> {
    const response = await patience.wait(this.fetch(body, signal));
    const chunks = this.readBody(response, patience);
    if (response.status !== 200)
      throw await toRefusal(response, chunks, this.shown, (said) => this.quote(said));
    const type = response.headers.get('content-type') ?? 'nothing';
    if (!/^text\/event-stream\b/i.test(type)) {
      const what = `${this.shown} answered with ${type.slice(0, 80)}, not with a stream of events`;
      throw agentFailure(`${what}: check \`url\`, and that \`model\` can stream.`);
    }
    yield* chunks;
  }

  private async fetch(body: object, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(this.apiKey !== undefined && { authorization: `Bearer ${this.apiKey}` }),
    };
    try {
      // The conversation goes where the options say, and nowhere else.
      const redirect = 'manual';
      return await fetch(this.url, { method: 'POST', headers, body: JSON.stringify(body), signal, redirect });
    } catch (cause) {
      const message = `${this.shown} cannot be reached${codeOf(cause)}: check \`url\`, and whether it is up.`;
      throw agentFailure(message, { retryable: true, cause });
    }
  }

  private async *readBody({ body }: Response, patience: Patience): AsyncGenerator<Uint8Array> {
    const reader = body?.getReader();
    if (!reader) return;
    for (;;) {
      const next = await patience.wait(reader.read()).catch((cause: unknown) => {
        const message = `The connection to ${this.shown} was cut before the answer was whole${codeOf(cause)}.`;
        throw agentFailure(message, { retryable: true, cause });
      });
      if (next.done) return;
      yield next.value;
    }
  }
}

/** The endpoint of an agent's options. */
export const createEndpoint = (options: OpenAiAgentOptions): Endpoint => new HttpEndpoint(options);
