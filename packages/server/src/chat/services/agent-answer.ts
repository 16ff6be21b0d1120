import { WirepactError } from '@wirepact/contract/runtime';
import type { Attachment } from '@wirepact/protocol';
import type { Agent, AgentContext, AgentPart } from '../ports/agent';
import type { Message } from '../ports/store';

/** What an agent has said in answer to one message. */
export interface Answer {
  text: string;
  thought: string | undefined;
  readonly actions: unknown[];
  readonly attachments: Attachment[];
}

const invalidPart = (part: unknown) => {
  const shown = part === null ? 'null' : typeof part;
  const allowed = 'a string, or an object with `text`, `thought`, `action` or `attachment`';
  return new WirepactError('INVALID_PAYLOAD', `The agent yielded ${shown}; it may yield ${allowed}.`);
};

/** Agents are the application's code: what they yield may be anything. */
function addPart(answer: Answer, part: AgentPart): void {
  if (typeof part === 'string') {
    answer.text += part;
    return;
  }
  if (typeof part !== 'object' || part === null) throw invalidPart(part);
  const { text, thought, action, attachment, tool } = part;
  if (![text, thought].every((value) => value === undefined || typeof value === 'string')) {
    throw invalidPart({ text, thought });
  }
  if (text !== undefined) answer.text += text;
  if (thought !== undefined) answer.thought = (answer.thought ?? '') + thought;
  if (action !== undefined) answer.actions.push(action);
  if (tool) answer.actions.push({ tool });
  if (attachment) answer.attachments.push(attachment);
}

/** Rejects when `signal` aborts, and harms nobody who does not wait for it. */
function untilAborted(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  ended.catch(() => {});
  return ended;
}

/** Lets an iterator clean up. Not awaited: an agent that never wakes up must not hold up its channel. */
function finish(parts: AsyncIterator<AgentPart>): void {
  Promise.resolve()
    .then(() => parts.return?.())
    .catch(() => {});
}

/**
 * All that an agent says in answer to a message. Rejects with what the agent throws, and when `context.signal` aborts,
 * even where the agent does not look at it.
 */
export async function collectAnswer(agent: Agent, message: Message, context: AgentContext): Promise<Answer> {
  const answer: Answer = { text: '', thought: undefined, actions: [], attachments: [] };
  const ended = untilAborted(context.signal);
  const parts = agent.respond(message, context)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([parts.next(), ended]);
      if (next.done) return answer;
      addPart(answer, next.value);
    }
  } finally {
    finish(parts);
  }
}
