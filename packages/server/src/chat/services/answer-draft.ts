import { WirepactError } from '@wirepact/contract/runtime';
import type { Attachment, ToolUse } from '@wirepact/protocol';
import type { AgentPart } from '../ports/agent';
import type { Answer } from '../ports/turn-store';

/** Text of an answer, and thought of one, in UTF-16 code units. */
const MAX_TEXT = 65_536;
/** Parts of an answer that are not text, and all of its parts. */
const MAX_OTHER_PARTS = 256;
const MAX_PARTS = 262_144;
/** JSON of all parts that are not text, in characters. */
const MAX_JSON = 131_072;

/** What a part adds to an answer that can be told at once, and where its text begins. */
export type Addition =
  | { readonly kind: 'text' | 'thought'; readonly offset: number; readonly text: string }
  | { readonly kind: 'tool'; readonly offset: number; readonly tool: ToolUse };

const tooMuch = (what: string) =>
  new WirepactError('PAYLOAD_TOO_LARGE', `The agent said more than one answer may have: ${what}.`);

/** What of a text still fits, without half of a character at its end. */
function fitting(text: string, room: number): string {
  if (text.length <= room) return text;
  const cut = text.slice(0, room);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** What a value is as JSON; `undefined` stays so. */
const toJson = (value: unknown): string | undefined => JSON.stringify(value);

/** The answer of one turn as it grows, within its bounds. */
export class AnswerDraft implements Answer {
  text = '';
  thought: string | undefined;
  tools: ToolUse[] = [];
  readonly actions: unknown[] = [];
  readonly attachments: Attachment[] = [];
  /** Counts its changes. */
  version = 0;
  private parts = 0;
  private otherParts = 0;
  private json = 0;

  /** An answer that was kept, to go on with. */
  static of({ text, thought, tools, actions, attachments }: Answer): AnswerDraft {
    const draft = new AnswerDraft();
    draft.text = text;
    draft.thought = thought;
    draft.tools = [...tools];
    draft.actions.push(...actions);
    draft.attachments.push(...attachments);
    return draft;
  }

  /** The answer as it is now. */
  get answer(): Answer {
    const { text, thought, tools, actions, attachments } = this;
    return { text, thought, tools, actions, attachments };
  }

  /**
   * Adds a part, and tells `onAddition` what can be told at once.
   * @throws WirepactError `PAYLOAD_TOO_LARGE`; what fits of a text is added before.
   */
  add(part: AgentPart, onAddition: (addition: Addition) => void): void {
    this.parts += 1;
    if (this.parts > MAX_PARTS) throw tooMuch(`${MAX_PARTS} parts`);
    this.version += 1;
    const { text, thought, action, attachment, tool } = typeof part === 'string' ? { text: part } : part;
    if (thought !== undefined) this.addThought(thought, onAddition);
    if (tool) this.addTool(this.copy(tool), onAddition);
    if (action !== undefined) this.actions.push(this.copy(action));
    if (attachment) this.attachments.push(this.copy(attachment));
    if (text !== undefined) this.addText(text, onAddition);
  }

  private addText(text: string, onAddition: (addition: Addition) => void): void {
    const offset = this.text.length;
    const added = fitting(text, MAX_TEXT - offset);
    this.text += added;
    if (added !== '') onAddition({ kind: 'text', offset, text: added });
    if (added !== text) throw tooMuch(`${MAX_TEXT} characters of text`);
  }

  private addThought(text: string, onAddition: (addition: Addition) => void): void {
    const known = this.thought ?? '';
    const added = fitting(text, MAX_TEXT - known.length);
    this.thought = known + added;
    onAddition({ kind: 'thought', offset: this.text.length, text: added });
    if (added !== text) throw tooMuch(`${MAX_TEXT} characters of thought`);
  }

  private addTool(tool: ToolUse, onAddition: (addition: Addition) => void): void {
    const known = this.tools.find(({ id }) => id === tool.id);
    if (known) this.tools = this.tools.map((other) => (other === known ? { ...known, ...tool } : other));
    else this.tools.push(tool);
    onAddition({ kind: 'tool', offset: this.text.length, tool });
  }

  /** A copy that stays as it is, whatever the agent does with its own. */
  private copy<Value>(value: Value): Value {
    const json = toJson(value) ?? 'null';
    this.otherParts += 1;
    this.json += json.length;
    if (this.otherParts > MAX_OTHER_PARTS) throw tooMuch(`${MAX_OTHER_PARTS} parts that are not text`);
    if (this.json > MAX_JSON) throw tooMuch(`${MAX_JSON} characters of JSON`);
    return JSON.parse(json);
  }
}
