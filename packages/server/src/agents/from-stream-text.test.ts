import { jsonSchema, simulateReadableStream, stepCountIs, streamText, tool } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { expect, test } from 'vitest';
import { fromStreamText, toChatMessages } from '../agents';
import type { Agent } from '../index';
import { ask, collect } from './test-endpoint';

type StreamResult = Awaited<ReturnType<MockLanguageModelV3['doStream']>>;
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never;

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};
type Reason = Extract<StreamPart, { type: 'finish' }>['finishReason']['unified'];
const finish = (unified: Reason = 'stop'): StreamPart => ({
  ...{ type: 'finish', usage },
  finishReason: { unified, raw: undefined },
});
const text = (id: string, ...deltas: string[]): StreamPart[] => [
  { type: 'text-start', id },
  ...deltas.map((delta): StreamPart => ({ type: 'text-delta', id, delta })),
  { type: 'text-end', id },
];
const call = (toolCallId: string, toolName: string, input: string): StreamPart => ({
  ...{ type: 'tool-call', toolCallId, toolName, input },
});

/** A model that answers each request with the next of `answers`. */
const modelOf = (...answers: StreamPart[][]) =>
  new MockLanguageModelV3({
    doStream: answers.map((chunks) => ({ stream: simulateReadableStream({ chunks }) })),
  });

const ID = '00000000-0000-4000-8000-000000000001';

test('text and reasoning are passed on as they come, with an empty line between two texts', async () => {
  const model = modelOf([
    { type: 'reasoning-start', id: 'r' },
    { type: 'reasoning-delta', id: 'r', delta: 'A greeting.' },
    { type: 'reasoning-end', id: 'r' },
    ...text('1', 'Hel', 'lo'),
    ...text('2', 'How are', ' you?'),
    finish(),
  ]);
  expect(await collect(fromStreamText(streamText({ model, prompt: 'hi' })))).toEqual([
    ...[{ thought: 'A greeting.' }, 'Hel', 'lo', '\n\nHow are', ' you?'],
  ]);
});

test('tools that the SDK runs are shown with what came of them', async () => {
  const model = modelOf(
    [
      ...text('1', 'Let me look.'),
      call('a', 'weather', '{"city":"Oslo"}'),
      call('b', 'fail', '{}'),
      finish('tool-calls'),
    ],
    [...text('1', 'It is 20 degrees.'), finish()],
  );
  const inputSchema = jsonSchema<{ city?: string }>({ type: 'object' });
  const tools = {
    weather: tool({ inputSchema, execute: async ({ city }) => ({ city, degrees: 20 }) }),
    fail: tool({
      inputSchema,
      execute: async (): Promise<string> => {
        throw new Error('password 123');
      },
    }),
  };
  const result = streamText({ model, prompt: 'hi', tools, stopWhen: stepCountIs(2) });
  const parts = await collect(fromStreamText(result));
  expect(parts).toEqual(
    expect.arrayContaining([
      { tool: { id: 'a', name: 'weather', input: { city: 'Oslo' } } },
      { tool: { id: 'b', name: 'fail', input: {} } },
      { tool: { id: 'a', name: 'weather', output: { city: 'Oslo', degrees: 20 } } },
      { tool: { id: 'b', name: 'fail', error: 'The tool failed.' } },
    ]),
  );
  expect(parts).toHaveLength(6);
  expect(parts.at(-1)).toBe('\n\nIt is 20 degrees.');
});

test('of the results of a tool that gives several, the last one is shown', async () => {
  const model = modelOf([call('a', 'count', '{}'), finish('tool-calls')]);
  const count = tool({
    inputSchema: jsonSchema({ type: 'object' }),
    async *execute() {
      yield 'one';
      yield 'two';
    },
  });
  const parts = await collect(fromStreamText(streamText({ model, prompt: 'hi', tools: { count } })));
  expect(parts.slice(1)).toEqual([{ tool: { id: 'a', name: 'count', output: 'two' } }]);
});

test.each<[string, StreamPart[], RegExp]>([
  [
    'fails',
    [...text('1', 'I am'), { type: 'error', error: new Error('overloaded') }, finish('error')],
    /failed: overloaded$/,
  ],
  ['fails without a word', [{ type: 'error', error: {} }, finish('error')], /did not say why$/],
  ['is withheld', [...text('1', 'I am'), finish('content-filter')], /withheld/],
])('a stream that %s makes the turn fail', async (_how, parts, message) => {
  const result = streamText({ model: modelOf(parts), prompt: 'hi', onError: () => {} });
  await expect(collect(fromStreamText(result))).rejects.toMatchObject({
    code: 'AGENT_FAILED',
    message: expect.stringMatching(message),
  });
});

test('an aborted stream is no whole answer', async () => {
  const controller = new AbortController();
  const model = modelOf([...text('1', 'one', 'two'), finish()]);
  const result = streamText({ model, prompt: 'hi', abortSignal: controller.signal });
  const parts = fromStreamText(result);
  expect(await parts.next()).toMatchObject({ value: 'one' });
  controller.abort();
  await expect(collect(parts)).rejects.toMatchObject({
    code: 'AGENT_FAILED',
    message: expect.stringMatching(/aborted/),
  });
});

test('an agent of a model is a few lines', async () => {
  const model = modelOf([...text('1', 'Hello!'), finish()]);
  const agent: Agent = {
    id: ID,
    name: 'Ada',
    async *respond(_message, { history, signal }) {
      const messages = toChatMessages(await history(), ID);
      yield* fromStreamText(streamText({ model, messages, abortSignal: signal }));
    },
  };
  expect(await ask(agent, 'hi')).toEqual(['Hello!']);
  expect(model.doStreamCalls[0]?.prompt).toMatchObject([
    { role: 'user', content: [{ type: 'text', text: 'hi' }] },
  ]);
});
