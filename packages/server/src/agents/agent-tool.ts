import type { AgentContext } from '../chat/ports/agent';

/** Something a model may have done for its answer. */
export interface AgentTool {
  /** What it does and when to use it, for the model to read. */
  readonly description?: string | undefined;
  /** JSON Schema of its input, an object. Default: an object that may have anything. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Does it. `input` is what the model made up: JSON, an object, and not checked against `parameters`. What it returns is
   * given to the model, a text or JSON of up to 65,536 characters; the room is shown 4,096 of them. What it throws is
   * logged; the model and the room are told that it failed, and no more.
   */
  run(input: Readonly<Record<string, unknown>>, context: AgentContext): unknown;
}
