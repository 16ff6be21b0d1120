import { readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerChunks, type AnswerSoFar } from './answer-chunks';

const ID = '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d';
const CALLED = { id: 'a', name: 'weather', input: { city: 'Oslo' } };
const DONE = { ...CALLED, output: 20 };
const FAILED = { id: 'b', name: 'clock', error: 'The tool failed.' };

const toChunks = (states: readonly AnswerSoFar[]) => {
  const chunks = new AnswerChunks();
  return [
    ...chunks.begin(ID),
    ...states.flatMap((state) => chunks.update(state)),
    ...chunks.end({ type: 'finish' }),
  ];
};

/** The message that the AI SDK itself makes of an answer in these states. */
async function show(states: readonly AnswerSoFar[]): Promise<UIMessage | undefined> {
  const chunks: UIMessageChunk[] = toChunks(states);
  const stream = new ReadableStream<UIMessageChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  let message: UIMessage | undefined;
  for await (message of readUIMessageStream({ stream, terminateOnError: true }));
  return message;
}

test('of each state what is new is told: text, thoughts, tools and what came of them', () => {
  const states = [
    { text: '', tools: [] },
    { text: '', thought: 'I look', tools: [] },
    { text: 'Let', thought: 'I look', tools: [] },
    { text: 'Let me look.', thought: 'I look', tools: [] },
    { text: 'Let me look.', thought: 'I look', tools: [CALLED] },
    { text: 'Let me look.', thought: 'I look', tools: [DONE] },
    { text: 'Let me look. It is 20.', thought: 'I look', tools: [DONE, FAILED] },
  ];
  expect(toChunks(states)).toEqual([
    { type: 'start', messageId: ID },
    { type: 'start-step' },
    { type: 'reasoning-start', id: '1' },
    { type: 'reasoning-delta', id: '1', delta: 'I look' },
    { type: 'reasoning-end', id: '1' },
    { type: 'text-start', id: '2' },
    { type: 'text-delta', id: '2', delta: 'Let' },
    { type: 'text-delta', id: '2', delta: ' me look.' },
    { type: 'text-end', id: '2' },
    {
      type: 'tool-input-available',
      toolCallId: 'a',
      toolName: 'weather',
      input: { city: 'Oslo' },
      dynamic: true,
    },
    { type: 'tool-output-available', toolCallId: 'a', output: 20, dynamic: true },
    { type: 'tool-input-available', toolCallId: 'b', toolName: 'clock', input: null, dynamic: true },
    { type: 'tool-output-error', toolCallId: 'b', errorText: 'The tool failed.', dynamic: true },
    { type: 'text-start', id: '3' },
    { type: 'text-delta', id: '3', delta: ' It is 20.' },
    { type: 'text-end', id: '3' },
    { type: 'finish-step' },
    { type: 'finish' },
  ]);
});

test('the AI SDK makes the message of it', async () => {
  const states = [
    { text: 'Let me look.', tools: [] },
    { text: 'Let me look. It is 20.', tools: [DONE, FAILED] },
  ];
  expect(await show(states)).toMatchObject({
    id: ID,
    role: 'assistant',
    parts: [
      { type: 'step-start' },
      { type: 'text', text: 'Let me look.' },
      {
        type: 'dynamic-tool',
        toolName: 'weather',
        state: 'output-available',
        input: { city: 'Oslo' },
        output: 20,
      },
      { type: 'dynamic-tool', toolName: 'clock', state: 'output-error', errorText: 'The tool failed.' },
      { type: 'text', text: ' It is 20.', state: 'done' },
    ],
  });
});

test('an answer that nobody saw before its end is told at once', async () => {
  const message = await show([{ text: 'Hello!', thought: 'A greeting.', tools: [DONE] }]);
  expect(message?.parts).toMatchObject([
    { type: 'step-start' },
    { type: 'reasoning', text: 'A greeting.' },
    { type: 'dynamic-tool', output: 20 },
    { type: 'text', text: 'Hello!' },
  ]);
});

test('a text that begins otherwise than what was said changes nothing', () => {
  const states = [
    { text: 'Hello', tools: [] },
    { text: 'Good bye', tools: [] },
    { text: 'Hell', tools: [] },
  ];
  expect(toChunks(states).filter(({ type }) => type === 'text-delta')).toEqual([
    { type: 'text-delta', id: '1', delta: 'Hello' },
  ]);
});

test('however many states are seen, the same is said', async () => {
  const whole = { text: 'Hello, how are you?', thought: 'A greeting, I think.', tools: [DONE] };
  const cuts = fc.array(fc.tuple(fc.nat({ max: 19 }), fc.nat({ max: 20 }), fc.boolean()), { maxLength: 8 });
  const textsOf = (message: UIMessage | undefined, kind: string) =>
    message?.parts.map((part) => (part.type === kind && 'text' in part ? part.text : '')).join('');
  await fc.assert(
    fc.asyncProperty(cuts, async (seen) => {
      const states = seen
        .toSorted(([one], [other]) => one - other)
        .map(([text, thought, isCalled]) => ({
          ...{ text: whole.text.slice(0, text), thought: whole.thought.slice(0, thought) },
          tools: isCalled ? [CALLED] : [],
        }));
      const message = await show([...states, whole]);
      expect(textsOf(message, 'text')).toBe(whole.text);
      expect(textsOf(message, 'reasoning')).toBe(whole.thought);
      const tools = message?.parts.filter(({ type }) => type === 'dynamic-tool');
      expect(tools).toMatchObject([{ output: 20, state: 'output-available' }]);
    }),
  );
});
