/** A part of a message of the AI SDK, as far as it is read here. */
export interface UiPart {
  readonly type: string;
  readonly text?: unknown;
  readonly url?: unknown;
  readonly mediaType?: unknown;
}

/** A message of the AI SDK: its `UIMessage`, as far as it is read here. */
export interface UiMessage {
  readonly id: string;
  readonly role: string;
  readonly parts: readonly UiPart[];
}

/** What the AI SDK is told of an answer under way: those of its `UIMessageChunk` that an agent's answer has. */
export type UiChunk =
  | { type: 'start'; messageId: string }
  | { type: 'start-step' | 'finish-step' | 'finish' | 'abort' }
  | { type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end'; id: string }
  | { type: 'text-delta' | 'reasoning-delta'; id: string; delta: string }
  | { type: 'tool-input-available'; toolCallId: string; toolName: string; input: unknown; dynamic: true }
  | { type: 'tool-output-available'; toolCallId: string; output: unknown; dynamic: true }
  | { type: 'tool-output-error'; toolCallId: string; errorText: string; dynamic: true }
  | { type: 'error'; errorText: string };

interface ShownTool {
  type: 'dynamic-tool';
  toolCallId: string;
  toolName: string;
  input: unknown;
}

/** A part of a message that the AI SDK is to show. */
export type ShownPart =
  | { type: 'text' | 'reasoning'; text: string }
  | { type: 'file'; url: string; mediaType: string }
  | (ShownTool & { state: 'input-available' })
  | (ShownTool & { state: 'output-available'; output: unknown })
  | (ShownTool & { state: 'output-error'; errorText: string });

/** A message that the AI SDK is to show; a `UIMessage` of its. */
export interface ShownMessage {
  id: string;
  role: 'user' | 'assistant';
  parts: ShownPart[];
}
