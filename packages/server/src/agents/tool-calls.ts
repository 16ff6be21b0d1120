import { randomUUID } from 'node:crypto';
import type { AgentContext } from '../chat/ports/agent';
import { isObject } from '../runtime/option-checks';
import { agentFailure } from './agent-failure';
import type { AgentTool } from './agent-tool';
import type { ToolCallDelta } from './openai-chunk';
import { toShownJson } from './shown-json';

/** What the API lets functions be called. */
export const TOOL_NAME = /^[\w-]{1,64}$/;
const MAX_CALLS = 32;
/** Of all calls of one round together, in characters. */
const MAX_ARGUMENTS = 64 * 1024;
/** What one tool gives back to the model, in characters of JSON. */
const MAX_OUTPUT = 64 * 1024;
const MAX_ID_LENGTH = 256;

/** A call of a tool, as the model made it. */
export interface ToolCall {
  id: string;
  name: string;
  argumentText: string;
}

/** Puts together the calls of one round from what chunks add to them. */
export class ToolCalls {
  private readonly calls: ToolCall[] = [];
  private readonly byIndex = new Map<number, ToolCall>();
  private characters = 0;

  /** @throws WirepactError `AGENT_FAILED` for more than 32 calls, or 65,536 characters of arguments. */
  add(delta: ToolCallDelta): void {
    const call = this.callOf(delta);
    call.name ||= delta.name;
    call.argumentText += delta.argumentText;
    this.characters += delta.argumentText.length;
    if (this.calls.length > MAX_CALLS || this.characters > MAX_ARGUMENTS)
      throw agentFailure(
        `The model called more than ${MAX_CALLS} tools at once, or with more than ${MAX_ARGUMENTS} characters of arguments.`,
      );
  }

  /**
   * All calls, once the round has ended.
   * @throws WirepactError `AGENT_FAILED` where one has no name, or an id of more than 256 characters.
   */
  finish(): readonly ToolCall[] {
    const isCall = ({ name, id }: ToolCall) => TOOL_NAME.test(name) && id.length <= MAX_ID_LENGTH;
    if (this.calls.every(isCall)) return this.calls;
    throw agentFailure(
      'The model called a tool by no name that a tool can have, or with an id that is too long.',
    );
  }

  /** Endpoints that send calls whole give each an id, but not always an index of its own. */
  private callOf({ index, id }: ToolCallDelta): ToolCall {
    const known = index === undefined ? this.calls.at(-1) : this.byIndex.get(index);
    if (known && (id === '' || id === known.id)) return known;
    const call = { id: id || `call_${randomUUID()}`, name: '', argumentText: '' };
    this.calls.push(call);
    if (index !== undefined) this.byIndex.set(index, call);
    return call;
  }
}

/** The input of a call; `undefined` where it is no JSON object. */
export function readInput({ argumentText }: ToolCall): Readonly<Record<string, unknown>> | undefined {
  try {
    const input: unknown = JSON.parse(argumentText.trim() || '{}');
    return isObject(input) && !Array.isArray(input) ? { ...input } : undefined;
  } catch {
    return undefined;
  }
}

/** What came of a call: what the tool gave back, for the room and as a text for the model, or why there is nothing. */
export type ToolOutcome = { readonly output: unknown; readonly text: string } | { readonly error: string };

function toOutcome(returned: unknown): ToolOutcome {
  const json = JSON.stringify(returned) ?? 'null';
  if (json.length > MAX_OUTPUT)
    return { error: `The tool gave back ${json.length} characters; at most ${MAX_OUTPUT} are passed on.` };
  return { output: toShownJson(returned), text: typeof returned === 'string' ? returned : json };
}

/**
 * Does what a call asks for. A tool that fails is an outcome, too: the model may do without. Rejects only when the answer
 * is no longer wanted.
 */
export async function runTool(
  tools: Readonly<Record<string, AgentTool>>,
  call: ToolCall,
  context: AgentContext,
): Promise<ToolOutcome> {
  const tool = Object.hasOwn(tools, call.name) ? tools[call.name] : undefined;
  if (!tool) return { error: 'There is no tool of this name.' };
  const input = readInput(call);
  if (!input) return { error: 'The arguments are no JSON object.' };
  try {
    return toOutcome(await tool.run(input, context));
  } catch (err) {
    context.signal.throwIfAborted();
    context.logger.error(
      { err, channelId: context.channelId, tool: call.name },
      'a tool of the agent failed',
    );
    return { error: 'The tool failed.' };
  }
}
