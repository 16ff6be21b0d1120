import type { MessageStreamChunk, ToolUse } from '@wirepact/protocol';

/** What was said in chunks that follow each other. */
interface Passage {
  /** Where its text begins. */
  readonly offset: number;
  last: MessageStreamChunk;
  text: string;
  thought: string;
}

const endOf = ({ offset, text }: Passage) => offset + text.length;

/** The chunks of one answer that a connection was not sent, put together. */
export class MissedChunks {
  /** Several where chunks between them were lost on the way from another process. */
  private passages: Passage[] = [];
  private readonly tools = new Map<string, ToolUse>();

  add(chunk: MessageStreamChunk): void {
    const passage = this.passageAt(chunk);
    passage.last = chunk;
    passage.text += chunk.chunk;
    passage.thought += chunk.thought ?? '';
    if (chunk.tool) this.tools.set(chunk.tool.id, { ...this.tools.get(chunk.tool.id), ...chunk.tool });
  }

  /** It has all that was missed. */
  forget(): void {
    this.passages = [];
    this.tools.clear();
  }

  /** All that was missed, in as few chunks as there may be: one a passage, and one for each tool. */
  take(): MessageStreamChunk[] {
    const newest = this.passages.at(-1);
    if (!newest) return [];
    const { thought: _thought, tool: _tool, ...base } = newest.last;
    const told = this.passages.map(({ offset, last, text: chunk, thought }) => {
      return { ...base, index: last.index, offset, chunk, ...(thought !== '' && { thought }) };
    });
    const tools = [...this.tools.values()].map((tool) => ({
      ...base,
      offset: endOf(newest),
      chunk: '',
      tool,
    }));
    return [...told, ...tools];
  }

  /** The passage that a chunk goes on with, or begins. */
  private passageAt(chunk: MessageStreamChunk): Passage {
    const { offset } = chunk;
    const known = this.passages.at(-1);
    if (known && endOf(known) === offset) return known;
    const passage = { offset, last: chunk, text: '', thought: '' };
    this.passages.push(passage);
    return passage;
  }
}
