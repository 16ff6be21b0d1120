import { createServer, type ServerResponse } from 'node:http';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import type { OpenAiAgentOptions } from '../agents';
import type { AgentPart } from '../index';
import { listen } from '../runtime/test-client';
import {
  ask,
  contextOf,
  agentAt as keylessAgentAt,
  startEndpoint,
  stream,
  streamAll,
  toCall,
  toChunk,
  toEvent,
  toMessage,
} from './test-endpoint';

const KEY = 'sk-very-secret-key';
const agentAt = (url: string, options: Partial<OpenAiAgentOptions> = {}) =>
  keylessAgentAt(url, { apiKey: KEY, ...options });

/** The error an answer ends with, and what was said before. */
async function fail(url: string, options?: Partial<OpenAiAgentOptions>) {
  const message = toMessage('hello');
  const parts: AgentPart[] = [];
  try {
    for await (const part of agentAt(url, options).respond(message, contextOf([message]))) parts.push(part);
  } catch (error) {
    // Whatever is logged of it: message, stack, causes.
    const logged = JSON.stringify(pino.stdSerializers.errWithCause(error as Error));
    expect(logged).not.toContain(KEY);
    return { error, parts };
  }
  throw new Error(`The agent answered: ${JSON.stringify(parts)}`);
}

const answerWith =
  (status: number, body: string, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

const said = (message: string) => JSON.stringify({ error: { message, type: 'error' } });

describe('an endpoint that answers with', () => {
  test.each<[number, string, Record<string, string>, object]>([
    [
      401,
      said(`Incorrect API key: ${KEY.slice(0, 8)}***`),
      {},
      { retryable: false, message: /refused the key: check `apiKey`.*model`\.$/ },
    ],
    [403, said(`No access for ${KEY}`), {}, { retryable: false, message: /refused the key/ }],
    [
      404,
      said('The model `test` does not exist'),
      {},
      { message: /\(status 404\).*check `url`.*`model`\. It says: The model `test` does not exist$/ },
    ],
    [
      429,
      said('Rate limit'),
      { 'retry-after': '20' },
      { retryable: true, retryAfterMs: 20_000, message: /try again in 20 s\. It says: Rate limit$/ },
    ],
    [429, said('Quota'), {}, { retryable: true, retryAfterMs: undefined, message: /try again later/ }],
    [
      429,
      '',
      { 'retry-after': 'soon' },
      { retryable: true, retryAfterMs: undefined, message: /try again later\.$/ },
    ],
    [429, '', { 'retry-after': new Date(0).toUTCString() }, { retryable: true, retryAfterMs: 0 }],
    [
      500,
      'oops\n\u001b[31m at line 1',
      {},
      { retryable: true, message: /has failed: try again later\. It says: oops \[31m at line 1$/ },
    ],
    [
      503,
      '{"detail":"loading"}',
      { 'retry-after': '2' },
      { retryAfterMs: 2000, message: /try again in 2 s\. It says: loading$/ },
    ],
    [
      400,
      said(`bad request with ${KEY} in it`),
      {},
      { retryable: false, message: /refused the request\. It says: bad request with \[the key\] in it$/ },
    ],
    [400, '{"error":"no chat template"}', {}, { message: /It says: no chat template$/ }],
    [
      301,
      '',
      { location: 'http://elsewhere.example/' },
      { message: /redirects elsewhere: give that address as `url`\.$/ },
    ],
    [
      200,
      '{"choices":[]}',
      {},
      { message: /answered with application\/json, not with a stream of events: check `url`/ },
    ],
    [200, '<html>', { 'content-type': 'text/html' }, { message: /answered with text\/html/ }],
    [204, '', {}, { message: /status 204/ }],
  ])(
    '%i %s makes the turn fail, with what to do',
    async (status, body, headers, { message, ...expected }: { message?: RegExp }) => {
      const { url } = await startEndpoint(answerWith(status, body, headers));
      const { error, parts } = await fail(url);
      expect(parts).toEqual([]);
      expect(error).toMatchObject({ code: 'AGENT_FAILED', ...expected });
      if (message) expect(Object(error).message).toMatch(message);
    },
  );
});

test('of an error that is endless only the beginning is read and shown', async () => {
  let written = 0;
  const { url } = await startEndpoint((response) => {
    response.writeHead(500);
    const write = () => {
      while (!response.closed && written < 50_000_000) {
        written += 10_000;
        if (!response.write('x'.repeat(10_000))) return void response.once('drain', write);
      }
    };
    write();
  });
  const { error } = await fail(url);
  expect(Object(error).message.length).toBeLessThan(500);
  expect(written).toBeLessThan(50_000_000);
});

test('an endpoint that is not there is told, with what Node says', async () => {
  const server = createServer();
  const url = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const { error } = await fail(url);
  expect(error).toMatchObject({
    ...{ code: 'AGENT_FAILED', retryable: true },
    message: `${url}/chat/completions cannot be reached (ECONNREFUSED): check \`url\`, and whether it is up.`,
  });
});

test.each<[string, (response: ServerResponse) => void]>([
  ['destroys the connection', (response) => void response.destroy()],
  ['ends without an end', (response) => void response.end()],
  ['ends in the middle of an event', (response) => void response.end('data: {"choices":[{"del')],
])('an endpoint that %s has not answered; what was said is passed on', async (_how, end) => {
  const { url } = await startEndpoint(async (response) => {
    stream(response);
    // Only what is read before the connection breaks counts as said.
    await new Promise<void>((resolve) =>
      response.write(toEvent(toChunk({ content: 'half of' })), () => resolve()),
    );
    setImmediate(end, response);
  });
  const { error } = await fail(url);
  expect(error).toMatchObject({
    ...{ code: 'AGENT_FAILED', retryable: true },
    message: expect.stringMatching(/before the answer was whole/),
  });
});

test('an answer is whole with its reason to finish, even without [DONE]', async () => {
  const { url } = await startEndpoint(
    (response) => void stream(response, toChunk({ content: 'all' }, 'stop')).end(),
  );
  expect(await ask(agentAt(url))).toEqual(['all']);
});

test('an endpoint that says nothing for too long is given up, before its answer and in it', async () => {
  const { url } = await startEndpoint((response, request) => {
    if (request > 0) stream(response, toChunk({ content: 'I am' }));
  });
  for (const expected of [[], ['I am']]) {
    const { error, parts } = await fail(url, { stallTimeoutMs: 100 });
    expect(parts).toEqual(expected);
    expect(error).toMatchObject({
      ...{ code: 'AGENT_FAILED', retryable: true },
      message: `${url}/chat/completions has sent nothing for 100 ms: try again later, or raise \`stallTimeoutMs\`.`,
    });
  }
});

test('a reader that takes its time is no silence of the endpoint', async () => {
  let goOn = () => {};
  const { url } = await startEndpoint((response) => {
    stream(response, toChunk({ content: 'one' }));
    goOn = () => void response.end(toEvent(toChunk({ content: 'two' }, 'stop')));
  });
  const parts: AgentPart[] = [];
  for await (const part of agentAt(url, { stallTimeoutMs: 500 }).respond(toMessage('hello'), contextOf([]))) {
    parts.push(part);
    if (part === 'two') continue;
    await new Promise((resolve) => AbortSignal.timeout(600).addEventListener('abort', resolve));
    goOn();
  }
  expect(parts).toEqual(['one', 'two']);
});

test('an endpoint that fails in mid-answer is quoted', async () => {
  const { url } = await startEndpoint((response) =>
    streamAll(response, toChunk({ content: 'I am' }), { error: { message: `overloaded ${KEY}`, code: 500 } }),
  );
  const { error, parts } = await fail(url);
  expect(parts).toEqual(['I am']);
  expect(Object(error).message).toMatch(/failed in mid-answer\. It says: .*overloaded \[the key\]/);
});

test.each<[string, string]>([
  ['no JSON', 'data: {not json}\n\n'],
  ['no object', 'data: 7\n\n'],
  ['choices that are no array', 'data: {"choices":{}}\n\n'],
  ['content that is no text', toEvent(toChunk({ content: { text: 'x' } }))],
  ['calls that are no array', toEvent(toChunk({ tool_calls: 'x' }))],
  ['arguments that are no text', toEvent(toCall({ index: 0, function: { name: 'a', arguments: {} } }))],
])('%s is no answer', async (_what, text) => {
  const { url } = await startEndpoint((response) => void stream(response).end(text));
  const { error } = await fail(url);
  expect(error).toMatchObject({
    code: 'AGENT_FAILED',
    message: expect.stringMatching(/^The endpoint sent what is no chunk of an answer: .*compatible/),
  });
});

test.each<[string, object[], RegExp]>([
  ['no name', [toCall({ index: 0, id: 'a', function: { arguments: '{}' } })], /no name/],
  ['a name that is none', [toCall({ index: 0, id: 'a', function: { name: 'x'.repeat(65) } })], /no name/],
  [
    'too many arguments',
    Array.from({ length: 3 }, () =>
      toCall({ index: 0, function: { name: 'a', arguments: 'x'.repeat(100_000) } }),
    ),
    /more than 65536 characters/,
  ],
  [
    'more of them than may be',
    Array.from({ length: 33 }, (_, index) => toCall({ index, function: { name: 'a' } })),
    /more than 32 tools/,
  ],
  [
    'the limit of tokens in their middle',
    [toCall({ index: 0, function: { name: 'a', arguments: '{"x"' } }), toChunk({}, 'length')],
    /raise `max_tokens`/,
  ],
])('calls with %s make the turn fail', async (_what, chunks, message) => {
  const { url } = await startEndpoint((response) => streamAll(response, ...chunks));
  const { error } = await fail(url);
  expect(error).toMatchObject({ code: 'AGENT_FAILED', message: expect.stringMatching(message) });
});

test('an answer that is withheld is no answer, one that reaches the limit of tokens is', async () => {
  const { url } = await startEndpoint((response, request) =>
    streamAll(
      response,
      toChunk({ content: 'I am' }),
      toChunk({}, request === 0 ? 'content_filter' : 'length'),
    ),
  );
  const { error } = await fail(url);
  expect(error).toMatchObject({ code: 'AGENT_FAILED', message: expect.stringMatching(/withheld/) });
  expect(await ask(agentAt(url))).toEqual(['I am']);
});

/** Writes the same text until nobody reads any more; resolves with how many bytes that were. */
const writeForEver = (response: ServerResponse, text: string, onWrite: (bytes: number) => void) => {
  const write = () => {
    while (!response.closed) {
      onWrite(text.length);
      if (!response.write(text)) return void response.once('drain', write);
    }
  };
  write();
};

test.each([
  [
    'an endless answer',
    toEvent(toChunk({ content: 'x'.repeat(1000) })),
    /more than 16777216 bytes in one answer.*max_tokens/,
  ],
  ['an endless event', 'x'.repeat(1000), /an event of more than 1048576 characters/],
  ['an event of endless lines', `data: ${'x'.repeat(1000)}\n`, /an event of more than 1048576 characters/],
  ['endless comments', `: ${'x'.repeat(1000)}\n\n`, /more than 16777216 bytes/],
])('%s is not read on', async (_what, text, message) => {
  let written = 0;
  const { url } = await startEndpoint((response) =>
    writeForEver(stream(response), text, (bytes) => {
      written += bytes;
    }),
  );
  const { error } = await fail(url);
  expect(error).toMatchObject({ code: 'AGENT_FAILED', message: expect.stringMatching(message) });
  expect(written).toBeLessThan(64 * 1024 * 1024);
});

describe('options that cannot be', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no address', { url: undefined }, /`url` is missing/],
    ['an address without http', { url: 'api.example' }, /`url` must be an address that begins with http/],
    [
      'an address with a password',
      { url: 'http://user:sk-very-secret-key@a.example' },
      /give the key as `apiKey`/,
    ],
    ['no model', { model: '' }, /`model` must be/],
    ['a key with a line end', { apiKey: `${KEY}\n` }, /`apiKey` must be printable ASCII/],
    ['an empty key', { apiKey: '' }, /`apiKey` must be printable ASCII/],
    ['a field of the agent’s own', { body: { stream: false } }, /`body` must not have `stream`/],
    ['a tool with a wrong name', { tools: { 'a b': { run: () => 1 } } }, /unlike "a b"/],
    ['a tool that does nothing', { tools: { act: {} } }, /`act` is an object with a function `run`/],
    ['a tool with a wrong field', { tools: { act: { run: () => 1, schema: {} } } }, /no `schema`/],
    ['no rounds', { maxToolRounds: 0 }, /`maxToolRounds`/],
    ['a misspelt name', { modell: 'x' }, /did you mean `model`/],
  ])('%s are refused at once', (_what, options, message) => {
    const create = () => agentAt('http://localhost', options as Partial<OpenAiAgentOptions>);
    expect(create).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringMatching(message) }),
    );
    expect(create).not.toThrow(KEY);
  });
});
