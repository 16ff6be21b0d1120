import type { Message } from '../chat/ports/store';

/** A message as language models are given it, by the OpenAI API and by `streamText` of the AI SDK. */
export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

const DEFAULT_MAX_CHARACTERS = 32_000;

/** The newest messages that have so many characters together; the last one is always there. */
function takeNewest(messages: readonly Message[], maxCharacters: number): readonly Message[] {
  let characters = 0;
  const tooOld = messages.findLastIndex(({ text, senderName }, index) => {
    characters += text.length + senderName.length;
    return index < messages.length - 1 && characters > maxCharacters;
  });
  return messages.slice(tooOld + 1);
}

const onOneLine = (name: string) => name.replace(/[\s:]+/g, ' ').trim();

/**
 * The backlog of a channel as messages for a language model, oldest first: what the agent `agentId` said is the
 * assistant's, everything else a user's. Where several people talk, their texts begin with their names.
 * `maxCharacters` bounds them all, the oldest are left out; default 32,000, which is some 8,000 tokens.
 *
 * @example
 * const messages = toChatMessages(await history(), agent.id);
 */
export function toChatMessages(
  backlog: readonly Message[],
  agentId: string,
  maxCharacters: number = DEFAULT_MAX_CHARACTERS,
): ChatMessage[] {
  const isAgent = ({ senderId }: Message) => senderId.toLowerCase() === agentId.toLowerCase();
  const messages = takeNewest(backlog, maxCharacters);
  const people = new Set(messages.filter((message) => !isAgent(message)).map(({ senderId }) => senderId));
  return messages.map((message) => {
    if (isAgent(message)) return { role: 'assistant', content: message.text };
    const { senderName, text } = message;
    return { role: 'user', content: people.size > 1 ? `${onOneLine(senderName)}: ${text}` : text };
  });
}
