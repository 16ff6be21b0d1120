import { isObject } from '../runtime/option-checks';
import { agentFailure } from './agent-failure';
import { fieldOf } from './field-of';

/** What one chunk adds to a call of a tool. */
export interface ToolCallDelta {
  /** Which of the answer's calls; some endpoints do not say. */
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  /** A piece of JSON. */
  readonly argumentText: string;
}

/** What one chunk adds to an answer. */
export interface AnswerDelta {
  readonly text: string;
  readonly thought: string;
  readonly calls: readonly ToolCallDelta[];
  /** Why the answer ends, where it does. */
  readonly finishReason: string;
}

/** A chunk that tells that the endpoint failed; the text is the endpoint's. */
export interface ChunkFailure {
  readonly failure: unknown;
}

const malformed = (what: string, cause?: unknown) =>
  agentFailure(
    `The endpoint sent what is no chunk of an answer: ${what}. Is it compatible with OpenAI’s API?`,
    {
      cause,
    },
  );

function textOf(value: unknown, name: string): string {
  const text = fieldOf(value, name) ?? '';
  if (typeof text !== 'string') throw malformed(`\`${name}\` is no text`);
  return text;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name) ?? [];
  if (!Array.isArray(list)) throw malformed(`\`${name}\` is no array`);
  return list;
}

function readCall(call: unknown): ToolCallDelta {
  const index = fieldOf(call, 'index');
  const called = fieldOf(call, 'function');
  return {
    index: typeof index === 'number' ? index : undefined,
    id: textOf(call, 'id'),
    name: textOf(called, 'name'),
    argumentText: textOf(called, 'arguments'),
  };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw malformed('it is not JSON', cause);
  }
}

/**
 * Reads the data of one event: OpenAI’s `chat.completion.chunk`, and what others make of it (`reasoning`, calls without
 * an index, chunks without choices).
 * @throws WirepactError `AGENT_FAILED` for anything else.
 */
export function readChunk(data: string): AnswerDelta | ChunkFailure {
  const chunk = parse(data);
  if (!isObject(chunk)) throw malformed('it is no object');
  const failure = fieldOf(chunk, 'error') ?? undefined;
  if (failure !== undefined) return { failure };
  const choice = listOf(chunk, 'choices')[0];
  const delta = fieldOf(choice, 'delta');
  return {
    text: textOf(delta, 'content') || textOf(delta, 'refusal'),
    thought: textOf(delta, 'reasoning_content') || textOf(delta, 'reasoning'),
    calls: listOf(delta, 'tool_calls').map(readCall),
    finishReason: textOf(choice, 'finish_reason'),
  };
}
