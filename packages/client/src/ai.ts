/**
 * `useChat` of the AI SDK on a channel.
 * @module
 */

export {
  type ChatTransport,
  createChatTransport,
  type ReconnectOptions,
  type SendMessagesOptions,
} from './ai/chat-transport';
export { toUiMessages } from './ai/to-ui-messages';
export type { ShownMessage, ShownPart, UiChunk, UiMessage, UiPart } from './ai/ui-message';
