import type { ToolUse } from '@wirepact/protocol';
import type { ViewMessage } from '../chat/channel/channel-view';
import { isRecord } from '../runtime/base/is-record';
import { readToolUses } from './tool-uses';
import type { ShownMessage, ShownPart } from './ui-message';

const text = (content: string | undefined): ShownPart[] => (content ? [{ type: 'text', text: content }] : []);

const reasoning = (content: string | undefined): ShownPart[] =>
  content ? [{ type: 'reasoning', text: content }] : [];

const files = (attachments: readonly unknown[] = []): ShownPart[] =>
  attachments.flatMap((attachment) => {
    const { url, type: mediaType } = isRecord(attachment) ? attachment : {};
    return typeof url === 'string' && typeof mediaType === 'string' ? [{ type: 'file', url, mediaType }] : [];
  });

function toTool({ id: toolCallId, name: toolName, input = null, output, error }: ToolUse): ShownPart {
  const tool = { type: 'dynamic-tool', toolCallId, toolName, input } as const;
  if (error !== undefined) return { ...tool, state: 'output-error', errorText: error };
  return output === undefined
    ? { ...tool, state: 'input-available' }
    : { ...tool, state: 'output-available', output };
}

/**
 * Messages of a channel's view as the AI SDK shows them: `useChat({ messages: toUiMessages(channel.view.get().messages) })`.
 * Answers of agents are the assistant's, with what they thought and which tools they used; all others are users'. Answers
 * under way are left out: `resume` of `useChat` finds them.
 */
export const toUiMessages = (messages: readonly ViewMessage[]): ShownMessage[] =>
  messages.flatMap((message) => {
    if (message.isStreaming) return [];
    const { key, id = key, clientMessageId = id, source, attachments } = message;
    if (source !== 'agent_response')
      return { id: clientMessageId, role: 'user', parts: [...text(message.text), ...files(attachments)] };
    const tools = readToolUses(message.actions).map(toTool);
    const parts = [...reasoning(message.thought), ...tools, ...text(message.text), ...files(attachments)];
    return { id, role: 'assistant', parts };
  });
