import { findPayloadError, WirepactError } from '@wirepact/contract/runtime';
import { protocol, ZERO_UUID } from '@wirepact/protocol';
import type { Agent, AgentContext, AgentPart } from '../ports/agent';
import type { Message, NewStoredMessage } from '../ports/store';
import { findMessageError } from './messages';

const { messageStreamChunk } = protocol.serverToClient;

/** What a part may have. */
const NAMES: ReadonlySet<string> = new Set<keyof Exclude<AgentPart, string>>([
  'text',
  'thought',
  'action',
  'attachment',
  'tool',
]);

/** Of an object in which there is nothing of a part, what there is instead: it would be lost without a word. */
function describeStranger(part: object): string | undefined {
  const names = Object.keys(part);
  if (names.some((name) => NAMES.has(name))) return undefined;
  if (part instanceof Error) return 'an error (throw it)';
  if (Array.isArray(part)) return 'an array';
  return names.length === 0 ? undefined : `an object with \`${names[0]}\` and none of these`;
}

const invalidPart = (shown: string) => {
  const allowed = 'a string, or an object with `text`, `thought`, `action`, `attachment` or `tool`';
  return new WirepactError('INVALID_PAYLOAD', `The agent yielded ${shown}; it may yield ${allowed}.`);
};

const isTextOrMissing = (value: unknown) => value === undefined || typeof value === 'string';

/** A message and a chunk that are right, for a part to be put into. */
const SAMPLE: NewStoredMessage = {
  id: ZERO_UUID,
  channelId: ZERO_UUID,
  serverId: ZERO_UUID,
  senderId: ZERO_UUID,
  senderName: '…',
  text: '…',
  createdAt: 0,
  source: 'agent_response',
};
const SAMPLE_CHUNK = {
  messageId: ZERO_UUID,
  channelId: ZERO_UUID,
  agentId: ZERO_UUID,
  senderName: '…',
  inReplyToMessageId: ZERO_UUID,
  index: 0,
  offset: 0,
  chunk: '',
};

/** What is wrong with a part, if anything. Agents are the application's code: what they yield may be anything. */
async function findPartError(part: AgentPart): Promise<WirepactError | undefined> {
  if (typeof part === 'string') return undefined;
  if (typeof part !== 'object' || part === null) return invalidPart(part === null ? 'null' : typeof part);
  const stranger = describeStranger(part);
  if (stranger) return invalidPart(stranger);
  const { text, thought, action, attachment, tool } = part;
  if (!isTextOrMissing(text)) return invalidPart(`a \`text\` of type ${typeof text}`);
  if (!isTextOrMissing(thought)) return invalidPart(`a \`thought\` of type ${typeof thought}`);
  if (tool !== undefined) {
    const error = findPayloadError(messageStreamChunk, { ...SAMPLE_CHUNK, tool });
    if (error) return error;
  }
  const actions = [action, tool && { tool }].filter((value) => value !== undefined);
  return findMessageError({ ...SAMPLE, actions, attachments: attachment && [attachment] });
}

/**
 * Makes a function that waits for one promise after the other, and rejects once `signal` has aborted. `Promise.race` would keep
 * something of each of them until then.
 */
function createWaiting(signal: AbortSignal) {
  let stop = (_cause: unknown) => {};
  signal.addEventListener('abort', () => stop(signal.reason), { once: true });
  return <Result>(work: PromiseLike<Result>) =>
    new Promise<Result>((resolve, reject) => {
      stop = reject;
      if (signal.aborted) reject(signal.reason);
      Promise.resolve(work).then(resolve, reject);
    });
}

/** Lets an iterator clean up. Not awaited: an agent that never wakes up must not hold up its channel. */
function finish(parts: AsyncIterator<AgentPart>): void {
  Promise.resolve()
    .then(() => parts.return?.())
    .catch(() => {});
}

/** What an agent answers with, to be read; anything else is a mistake in it. */
function toParts(answer: AsyncIterable<AgentPart>): AsyncIterator<AgentPart> {
  if (typeof answer?.[Symbol.asyncIterator] === 'function') return answer[Symbol.asyncIterator]();
  // Nobody waits for a promise: that it rejects must not end the process.
  Promise.resolve(answer).catch(() => {});
  throw new WirepactError(
    'INVALID_PAYLOAD',
    'The function `respond` of the agent must be an async generator: async *respond(message, context) { yield … }',
  );
}

/**
 * Gives `onPart` all that an agent says in answer to a message. Rejects with what the agent throws, and when
 * `context.signal` aborts, even where the agent does not look at it.
 */
export async function collectAnswer(
  agent: Agent,
  message: Message,
  context: AgentContext,
  onPart: (part: AgentPart) => void,
): Promise<void> {
  const waitFor = createWaiting(context.signal);
  const parts = toParts(agent.respond(message, context));
  try {
    for (;;) {
      const next = await waitFor(parts.next());
      if (next.done) return;
      const error = typeof next.value === 'string' ? undefined : await findPartError(next.value);
      if (error) throw error;
      context.signal.throwIfAborted();
      onPart(next.value);
    }
  } finally {
    finish(parts);
  }
}
