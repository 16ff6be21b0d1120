import type { Agent, AgentContext, AgentPart } from '../chat/ports/agent';
import { agentFailure } from './agent-failure';
import { toChatMessages } from './chat-messages';
import { readEventData } from './event-stream';
import { readChunk } from './openai-chunk';
import { createEndpoint, type Endpoint } from './openai-endpoint';
import { checkOpenAiOptions, type OpenAiAgentOptions } from './openai-options';
import { toShownJson } from './shown-json';
import { readInput, runTool, type ToolCall, ToolCalls, type ToolOutcome } from './tool-calls';

const DEFAULT_TOOL_ROUNDS = 8;
const DEFAULT_HISTORY = 20;

/** One request of an answer: what the model said, and what it wants done before it goes on. */
interface Round {
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

/** What is between what was said before tools were called and what is said after. */
const BREAK = '\n\n';

const cutShort = () =>
  agentFailure('The endpoint ended the connection before the answer was whole.', { retryable: true });

function checkEnd(finishReason: string, calls: readonly ToolCall[], context: AgentContext): void {
  if (finishReason === 'content_filter')
    throw agentFailure(
      'The endpoint’s content filter withheld the answer: look at what the channel asked for.',
    );
  if (finishReason !== 'length') return;
  if (calls.length > 0)
    throw agentFailure('The model reached its limit of tokens in the middle of a call: raise `max_tokens`.');
  context.logger.warn(
    { channelId: context.channelId },
    'the answer reached the limit of tokens of the model',
  );
}

/** Reads one answer of the endpoint, and passes on what it says. */
async function* readRound(
  endpoint: Endpoint,
  body: object,
  separator: string,
  context: AgentContext,
): AsyncGenerator<AgentPart, Round> {
  const calls = new ToolCalls();
  let text = '';
  let finishReason = '';
  let isDone = false;
  for await (const data of readEventData(endpoint.post(body, context.signal))) {
    isDone = data === '[DONE]';
    if (isDone) break;
    const chunk = readChunk(data);
    if ('failure' in chunk)
      throw agentFailure(`The endpoint failed in mid-answer.${endpoint.quote(chunk.failure)}`, {
        retryable: true,
      });
    if (chunk.thought !== '') yield { thought: chunk.thought };
    if (chunk.text !== '') yield text === '' ? separator + chunk.text : chunk.text;
    text += chunk.text;
    for (const call of chunk.calls) calls.add(call);
    finishReason ||= chunk.finishReason;
  }
  if (!isDone && finishReason === '') throw cutShort();
  const all = calls.finish();
  checkEnd(finishReason, all, context);
  return { text, calls: all };
}

const toRequestedCall = ({ id, name, argumentText }: ToolCall) => ({
  id,
  type: 'function',
  function: { name, arguments: argumentText },
});

const toResult = ({ id }: ToolCall, outcome: ToolOutcome) => ({
  role: 'tool',
  tool_call_id: id,
  content: 'error' in outcome ? `Error: ${outcome.error}` : outcome.text,
});

const toToolPart = ({ id, name }: ToolCall, outcome: ToolOutcome): AgentPart => ({
  tool: 'error' in outcome ? { id, name, error: outcome.error } : { id, name, output: outcome.output },
});

/** Does what the model asked for, all at once, and passes on what came of it. Returns the messages that tell the model. */
async function* runCalls(
  { text, calls }: Round,
  { tools = {} }: OpenAiAgentOptions,
  context: AgentContext,
): AsyncGenerator<AgentPart, object[]> {
  for (const call of calls)
    yield { tool: { id: call.id, name: call.name, input: toShownJson(readInput(call)) } };
  const running = calls.map(async (call) => ({ call, outcome: await runTool(tools, call, context) }));
  const done = await Promise.all(running);
  for (const { call, outcome } of done) yield toToolPart(call, outcome);
  return [
    { role: 'assistant', content: text === '' ? null : text, tool_calls: calls.map(toRequestedCall) },
    ...done.map(({ call, outcome }) => toResult(call, outcome)),
  ];
}

function toTools(tools: OpenAiAgentOptions['tools'] = {}): object | undefined {
  const functions = Object.entries(tools).map(([name, { description, parameters }]) => ({
    type: 'function',
    function: { name, description, parameters: parameters ?? { type: 'object' } },
  }));
  return functions.length > 0 ? functions : undefined;
}

/** Asks until the model has nothing more to be done for its answer. */
async function* answer(
  endpoint: Endpoint,
  options: OpenAiAgentOptions,
  context: AgentContext,
): AsyncGenerator<AgentPart> {
  const { id, model, system, body, historyMessages, historyCharacters } = options;
  const backlog = await context.history(historyMessages ?? DEFAULT_HISTORY);
  const messages: object[] = system === undefined ? [] : [{ role: 'system', content: system }];
  messages.push(...toChatMessages(backlog, id, historyCharacters));
  const request = { ...body, model, messages, stream: true, tools: toTools(options.tools) };
  const maxRounds = options.maxToolRounds ?? DEFAULT_TOOL_ROUNDS;
  let separator = '';
  for (let toolRounds = 0; ; toolRounds += 1) {
    const round = yield* readRound(endpoint, request, separator, context);
    if (round.calls.length === 0) return;
    if (toolRounds === maxRounds)
      throw agentFailure(
        `The model asked for tools ${maxRounds + 1} times in one answer: check what they give back, or raise \`maxToolRounds\`.`,
      );
    if (round.text !== '') separator = BREAK;
    messages.push(...(yield* runCalls(round, options, context)));
  }
}

/**
 * An agent that answers by any endpoint that is compatible with OpenAI's Chat Completions: the answer and the model's
 * reasoning as they come, and tools. The request ends with the turn.
 *
 * An endpoint that refuses, fails, stalls, cuts the connection or sends what is no answer makes the turn fail with
 * `AGENT_FAILED`, with what to do; it is in the server's log, and the key never is.
 * @throws WirepactError `INVALID_OPTIONS` where an option cannot be what it is.
 *
 * @example
 * createChatServer({
 *   agents: [createOpenAiAgent({ id, name: 'Ada', url: 'http://localhost:11434/v1', model: 'llama3.2' })],
 * });
 */
export function createOpenAiAgent(options: OpenAiAgentOptions): Agent {
  checkOpenAiOptions(options);
  const endpoint = createEndpoint(options);
  return {
    id: options.id,
    name: options.name,
    respond: (_message, context) => answer(endpoint, options, context),
  };
}
