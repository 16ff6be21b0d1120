import type { Observer } from './chaos-client';

/** A part of an answer, as the deployed wire has it. */
export interface DeployedChunk {
  readonly messageId: string;
  readonly channelId: string;
  readonly chunk: string;
  readonly index: number;
}

interface Answer {
  readonly text: string;
  /** The last part it has. */
  readonly index: number;
  /** Whether a part of it may have been lost on the way: what comes after is not looked at. */
  readonly isBroken: boolean;
}

/** The answers under way in one channel, as a page of the deployed wire puts them together: chunk behind chunk. */
export class DeployedAnswers {
  private readonly answers = new Map<string, Answer>();
  private readonly over = new Set<string>();

  constructor(
    private readonly observer: Observer,
    /** Whether chunks may be lost on the way. */
    private readonly mayMissChunks: boolean,
  ) {}

  /** Texts that are still being said. */
  get streaming(): string[] {
    return [...this.answers.values()].map(({ text }) => text);
  }

  /** Is not in the channel any more: of what goes on it is told anew when it joins. */
  leave(): void {
    this.answers.clear();
  }

  /** The first of an answer is its beginning, or all that was said before the join; each other goes on where that ends. */
  hear({ messageId, channelId, chunk, index }: DeployedChunk): void {
    if (this.over.has(messageId)) return;
    const known = this.answers.get(messageId);
    if (known?.isBroken) return;
    if (known && index <= known.index) {
      const what = `chunk ${index} came after ${known.index}, behind ${known.text}`;
      this.observer.misfit({ channelId, messageId, what });
    }
    const text = `${known?.text ?? ''}${chunk}`;
    // One that goes on where others are missing may be several in one, for whoever was behind.
    const isBroken = this.mayMissChunks && index !== (known?.index ?? -1) + 1;
    this.answers.set(messageId, { text, index, isBroken });
    if (!isBroken) this.observer.says({ channelId, messageId, text });
  }

  /** The message of this answer is there, or its end. */
  end(messageId: string): void {
    this.answers.delete(messageId);
    this.over.add(messageId);
  }
}
