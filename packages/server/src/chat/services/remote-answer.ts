import { WirepactError } from '@wirepact/contract/runtime';
import type { Agent, AgentPart } from '../ports/agent';

/** How large all parts of one answer may be, in characters of JSON: more than any answer may have. */
const MAX_SIZE = 512 * 1024;

/** How an agent elsewhere ends its answer. */
export type RemoteEnd = 'done' | 'failed';

/** What an agent elsewhere sends at once. */
export interface RemoteBatch {
  /** Counts the batches of an answer, from 0. */
  readonly index: number;
  readonly parts: readonly AgentPart[];
  readonly end?: RemoteEnd | undefined;
}

/** An answer whose parts come from an agent elsewhere, each once and in order. */
export class RemoteAnswer {
  private readonly waiting: AgentPart[] = [];
  private nextIndex = 0;
  private size = 0;
  private end: RemoteEnd | 'gone' | undefined;
  private wake = () => {};

  /**
   * Takes what follows. A batch that was taken before is passed over.
   * @throws WirepactError `INVALID_PAYLOAD` where one is missing before it, `PAYLOAD_TOO_LARGE`
   */
  add({ index, parts, end }: RemoteBatch): void {
    if (index < this.nextIndex || this.end) return;
    if (index > this.nextIndex)
      throw new WirepactError(
        'INVALID_PAYLOAD',
        `/index ${this.nextIndex} of the answer is missing: send it before ${index}.`,
      );
    this.size += JSON.stringify(parts).length;
    if (this.size > MAX_SIZE)
      throw new WirepactError('PAYLOAD_TOO_LARGE', `The answer has more than ${MAX_SIZE} characters.`);
    this.nextIndex += 1;
    this.waiting.push(...parts);
    this.end = end;
    this.wake();
  }

  /** The agent is gone: the answer fails. */
  abandon(): void {
    this.end ??= 'gone';
    this.wake();
  }

  /** This answer as that of an agent of the server. */
  asAgent(id: string, name: string): Agent {
    return { id, name, respond: () => this.parts() };
  }

  private async *parts(): AsyncGenerator<AgentPart> {
    for (;;) {
      yield* this.waiting.splice(0);
      if (this.waiting.length > 0) continue;
      if (this.end === 'failed')
        throw new WirepactError('AGENT_FAILED', 'The agent says that it has failed.');
      if (this.end === 'gone')
        throw new WirepactError(
          'AGENT_FAILED',
          'The connection of the agent has ended, and it did not come back.',
        );
      if (this.end) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
