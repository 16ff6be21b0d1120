import type { AnswerStream } from '@wirepact/protocol';
import type { UiChunk } from './ui-message';

/** An answer as far as it has come. */
export type AnswerSoFar = Pick<AnswerStream, 'text' | 'thought' | 'tools'>;

type Tool = AnswerStream['tools'][number];
type BlockKind = 'text' | 'reasoning';

const isDone = ({ output, error }: Tool) => output !== undefined || error !== undefined;

/**
 * Tells the AI SDK of an answer: of each state of it what is new since the one before. What it is told is the same for
 * whoever sees every state of the answer, and for whoever sees the last one alone.
 */
export class AnswerChunks {
  private readonly said: Record<BlockKind, string> = { text: '', reasoning: '' };
  private readonly tools = new Map<string, 'called' | 'done'>();
  private open: { readonly kind: BlockKind; readonly id: string } | undefined;
  private blocks = 0;

  /** What begins the answer with this id. */
  begin(messageId: string): UiChunk[] {
    return [{ type: 'start', messageId }, { type: 'start-step' }];
  }

  /** What is new in this state of the answer. */
  update({ text, thought = '', tools }: AnswerSoFar): UiChunk[] {
    return [
      ...this.extend('reasoning', thought),
      ...tools.flatMap((tool) => this.addTool(tool)),
      ...this.extend('text', text),
    ];
  }

  /** What ends the answer; `end` says how. */
  end(end: UiChunk): UiChunk[] {
    return [...this.closeBlock(), { type: 'finish-step' }, end];
  }

  /** Goes on with a text; one that does not begin as what was said cannot be taken back, and is left as it was said. */
  private extend(kind: BlockKind, whole: string): UiChunk[] {
    const before = this.said[kind];
    if (whole.length <= before.length || !whole.startsWith(before)) return [];
    this.said[kind] = whole;
    const chunks: UiChunk[] = this.open?.kind === kind ? [] : [...this.closeBlock(), this.openBlock(kind)];
    const id = this.open?.id ?? '';
    return [...chunks, { type: `${kind}-delta`, id, delta: whole.slice(before.length) }];
  }

  private openBlock(kind: BlockKind): UiChunk {
    this.blocks += 1;
    this.open = { kind, id: String(this.blocks) };
    return { type: `${kind}-start`, id: this.open.id };
  }

  private closeBlock(): UiChunk[] {
    if (!this.open) return [];
    const { kind, id } = this.open;
    this.open = undefined;
    return [{ type: `${kind}-end`, id }];
  }

  private addTool(tool: Tool): UiChunk[] {
    const { id: toolCallId, name: toolName, input = null, output, error } = tool;
    const known = this.tools.get(toolCallId);
    const chunks: UiChunk[] = [];
    if (!known)
      chunks.push(...this.closeBlock(), {
        type: 'tool-input-available',
        toolCallId,
        toolName,
        input,
        dynamic: true,
      });
    if (isDone(tool) && known !== 'done')
      chunks.push(
        error === undefined
          ? { type: 'tool-output-available', toolCallId, output, dynamic: true }
          : { type: 'tool-output-error', toolCallId, errorText: error, dynamic: true },
      );
    this.tools.set(toolCallId, isDone(tool) ? 'done' : 'called');
    return chunks;
  }
}
