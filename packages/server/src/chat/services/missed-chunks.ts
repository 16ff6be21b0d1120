import type { MessageStreamChunk, ToolUse } from '@wirepact/protocol';

/** The chunks of one answer that a connection was not sent, put together. */
export class MissedChunks {
  private last: MessageStreamChunk | undefined;
  /** Where the text that was missed begins. */
  private offset = 0;
  private text = '';
  private thought = '';
  private readonly tools = new Map<string, ToolUse>();

  add(chunk: MessageStreamChunk): void {
    if (!this.last) this.offset = chunk.offset;
    this.last = chunk;
    this.text += chunk.chunk;
    this.thought += chunk.thought ?? '';
    if (chunk.tool) this.tools.set(chunk.tool.id, { ...this.tools.get(chunk.tool.id), ...chunk.tool });
  }

  /** It has all that was missed. */
  forget(): void {
    this.last = undefined;
    this.text = '';
    this.thought = '';
    this.tools.clear();
  }

  /** All that was missed, in as few chunks as there may be: one, and one for each tool. */
  take(): MessageStreamChunk[] {
    if (!this.last) return [];
    const { thought: _thought, tool: _tool, ...base } = this.last;
    const { offset, text: chunk, thought } = this;
    const end = offset + chunk.length;
    return [
      { ...base, offset, chunk, ...(thought !== '' && { thought }) },
      ...[...this.tools.values()].map((tool) => ({ ...base, offset: end, chunk: '', tool })),
    ];
  }
}
