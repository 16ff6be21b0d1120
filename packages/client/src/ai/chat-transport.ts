import type { JoinOptions } from '../chat/channel/channel';
import type { ChatClient } from '../chat/chat-client';
import { invalidOptions } from '../runtime/base/client-errors';
import { AnswerFollower } from './answer-follower';
import type { UiChunk, UiMessage, UiPart } from './ui-message';

/** What the AI SDK sends. */
export interface SendMessagesOptions {
  /** What the user did. */
  readonly trigger: 'submit-message' | 'regenerate-message';
  /** Id of the channel. */
  readonly chatId: string;
  /** The last one is sent. */
  readonly messages: readonly UiMessage[];
  /** Stops the answer, for everybody in the channel. */
  readonly abortSignal: AbortSignal | undefined;
}

/** What the AI SDK asks when a page is loaded. */
export interface ReconnectOptions {
  /** Id of the channel. */
  readonly chatId: string;
  /** Stops the answer, for everybody in the channel. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** A `ChatTransport` of the AI SDK, from version 5 on. */
export interface ChatTransport {
  /** An answer that is found again is told from its beginning. */
  readonly resumeStreamIsReplay: true;
  sendMessages(options: SendMessagesOptions): Promise<ReadableStream<UiChunk>>;
  reconnectToStream(options: ReconnectOptions): Promise<ReadableStream<UiChunk> | null>;
}

const textOf = (parts: readonly UiPart[]) =>
  parts.map(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : '')).join('');

const filesOf = (parts: readonly UiPart[]) =>
  parts.flatMap(({ type, url, mediaType }) =>
    type === 'file' && typeof url === 'string' && typeof mediaType === 'string'
      ? [{ url, type: mediaType }]
      : [],
  );

/** The message to send. */
function toMessage({ trigger, messages }: SendMessagesOptions): UiMessage {
  if (trigger !== 'submit-message')
    throw invalidOptions('An answer cannot be generated anew: send the message again.');
  const message = messages.at(-1);
  if (message?.role !== 'user') throw invalidOptions('The last of the messages must be one of the user.');
  return message;
}

function onAbort(signal: AbortSignal | undefined, action: () => void): void {
  if (signal?.aborted) action();
  else signal?.addEventListener('abort', action, { once: true });
}

/**
 * Has `useChat` of the AI SDK run on a channel: the id of its chat is that of the channel, which `join` says how to join.
 * What the user submits is sent as a message, and the answer of the channel's agent comes as it is given. With `resume`,
 * a page that is loaded anew finds the answer under way again. `stop()` stops the agent, for everybody.
 *
 * One agent should answer in the channel: of several, the first one to answer is shown.
 *
 * @example
 * const transport = createChatTransport(client);
 * const { messages, sendMessage, stop } = useChat({ id: channelId, transport, resume: true });
 */
export function createChatTransport(client: ChatClient, join: JoinOptions = {}): ChatTransport {
  const resumed = new Map<string, symbol>();
  return {
    resumeStreamIsReplay: true,
    async sendMessages(options) {
      const { chatId, abortSignal: signal } = options;
      const { id: clientMessageId, parts } = toMessage(options);
      const channel = await client.join(chatId, join);
      const follower = new AnswerFollower(client, channel, { clientMessageId });
      const attachments = filesOf(parts);
      const message = { messageId: clientMessageId, ...(attachments.length > 0 && { attachments }), signal };
      try {
        await channel.send(textOf(parts), message);
      } catch (error) {
        follower.stop();
        throw error;
      }
      onAbort(signal, () => follower.cancel());
      return follower.stream;
    },
    async reconnectToStream({ chatId, abortSignal: signal }) {
      const attempt = Symbol();
      resumed.set(chatId, attempt);
      const channel = await client.join(chatId, join);
      const messageId = channel.view.get().streams[0]?.id;
      if (messageId === undefined || signal?.aborted) return null;
      const follower = new AnswerFollower(client, channel, { messageId });
      // React mounts twice where it is strict: who resumes again ends the first attempt, which must not stop the agent.
      onAbort(signal, () =>
        queueMicrotask(() => (resumed.get(chatId) === attempt ? follower.cancel() : follower.stop())),
      );
      return follower.stream;
    },
  };
}
