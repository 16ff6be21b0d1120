/**
 * Agents that answer by a language model. Needs no SDK.
 * @module
 */

export type { AgentTool } from './agents/agent-tool';
export { type ChatMessage, toChatMessages } from './agents/chat-messages';
export { fromStreamText, type StreamTextLike, type StreamTextPart } from './agents/from-stream-text';
export { createOpenAiAgent } from './agents/openai-agent';
export type { OpenAiAgentOptions } from './agents/openai-options';
