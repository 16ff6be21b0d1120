import type { AgentPart } from '../chat/ports/agent';
import { agentFailure } from './agent-failure';
import { toShownJson } from './shown-json';

/** One part of what `fullStream` of the AI SDK gives; these fields are read. */
export interface StreamTextPart {
  readonly type: string;
  readonly text?: unknown;
  readonly toolCallId?: unknown;
  readonly toolName?: unknown;
  readonly input?: unknown;
  readonly output?: unknown;
  /** True for a result that another one follows. */
  readonly preliminary?: unknown;
  readonly error?: unknown;
  readonly finishReason?: unknown;
}

/** What `streamText` of the AI SDK returns, from version 5 on, as far as it is read here. */
export interface StreamTextLike {
  /** Everything that the model says and does, part by part. */
  readonly fullStream: AsyncIterable<StreamTextPart>;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function toFailure(error: unknown): Error {
  const what = error instanceof Error ? error.message : textOf(error);
  return agentFailure(`The model’s stream failed: ${what || 'it did not say why'}`, { cause: error });
}

/** What a part tells of a tool, where it does. */
function toToolPart(part: StreamTextPart): AgentPart | undefined {
  const tool = { id: textOf(part.toolCallId), name: textOf(part.toolName) };
  switch (part.type) {
    case 'tool-call':
      return { tool: { ...tool, input: toShownJson(part.input) } };
    case 'tool-result':
      return part.preliminary === true ? undefined : { tool: { ...tool, output: toShownJson(part.output) } };
    // What it says may be a secret of the host's.
    case 'tool-error':
      return { tool: { ...tool, error: 'The tool failed.' } };
    case 'tool-output-denied':
      return { tool: { ...tool, error: 'The tool was not allowed to run.' } };
    default:
      return undefined;
  }
}

/**
 * Passes on what `streamText` of the AI SDK gives as the parts of an agent's answer: text and reasoning as they come, calls
 * of tools and their results. Between two blocks of text is an empty line. Sources and files are left out; of
 * inputs and outputs of tools the room is shown 4,096 characters of JSON.
 *
 * Give `streamText` the turn's `signal` as its `abortSignal`, and an `onError`: without one it writes to the console.
 * @throws WirepactError `AGENT_FAILED` where the stream fails, is aborted, or its contents are withheld by a filter.
 *
 * @example
 * async *respond(_message, { history, signal }) {
 *   const messages = toChatMessages(await history(), id);
 *   yield* fromStreamText(streamText({ model, messages, abortSignal: signal }));
 * }
 */
export async function* fromStreamText({ fullStream }: StreamTextLike): AsyncGenerator<AgentPart> {
  let hasText = false;
  let isNewBlock = false;
  for await (const part of fullStream) {
    const text = textOf(part.text);
    if (part.type === 'text-start') isNewBlock = true;
    if (part.type === 'text-delta' && text !== '') {
      yield hasText && isNewBlock ? `\n\n${text}` : text;
      hasText = true;
      isNewBlock = false;
    } else if (part.type === 'reasoning-delta' && text !== '') yield { thought: text };
    else if (part.type === 'error') throw toFailure(part.error);
    else if (part.type === 'abort') throw agentFailure('The model’s stream was aborted.');
    else if (part.type === 'finish' && part.finishReason === 'content-filter')
      throw agentFailure('A content filter withheld the model’s answer: look at what the channel asked for.');
    const tool = toToolPart(part);
    if (tool) yield tool;
  }
}
