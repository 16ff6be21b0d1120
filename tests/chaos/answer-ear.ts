import type { Observer } from './chaos-client';
import type { AnswerEvent, AnswerSoFar } from './wire';

type Chunk = Extract<AnswerEvent, { event: 'chunk' }>;

/** The answers under way in one channel, as a member that trusts no chunk hears them. */
export class AnswerEar {
  private texts = new Map<string, string>();
  /** Chunks that came before it was told where the answers are. */
  private early: Chunk[] | undefined = [];
  private readonly over = new Set<string>();

  constructor(
    private readonly channelId: string,
    private readonly observer: Observer,
    /** Whether chunks may be lost on the way, or come late: those after them wait for a join, or for the message. */
    private readonly mayMissChunks = false,
  ) {}

  /** Texts that are still being said. */
  get streaming(): string[] {
    return [...this.texts.values()];
  }

  /** Is not in the channel any more. */
  leave(): void {
    this.texts.clear();
    this.early = [];
  }

  /** Is let into the channel, and told what has been said so far. */
  enter(answers: readonly AnswerSoFar[]): void {
    const { early = [] } = this;
    this.early = undefined;
    const going = answers.filter(({ messageId }) => !this.over.has(messageId));
    this.texts = new Map(going.map(({ messageId, text }) => [messageId, text]));
    for (const answer of going) this.tell(answer);
    const isNew = ({ messageId, offset, text }: Chunk) =>
      offset + text.length > (this.texts.get(messageId)?.length ?? 0);
    for (const chunk of early) {
      // One that is in the middle of an answer of which the join knows nothing: that has ended meanwhile.
      if (chunk.offset > 0 && !this.texts.has(chunk.messageId)) this.over.add(chunk.messageId);
      if (isNew(chunk)) this.take(chunk);
    }
  }

  hear(event: AnswerEvent, connection: string): void {
    if (event.event === 'chunk') {
      if (this.early) this.early.push(event);
      else this.take(event);
      return;
    }
    this.end(event.messageId ?? '');
    this.observer.told({ ...event, channelId: this.channelId, connection });
  }

  /** The message of this answer is there, or its end. */
  end(messageId: string): void {
    this.texts.delete(messageId);
    this.over.add(messageId);
  }

  /** Each chunk begins where the text so far ends. */
  private take({ messageId, offset, text }: Chunk): void {
    if (this.over.has(messageId)) return;
    const known = this.texts.get(messageId) ?? '';
    if (this.mayMissChunks && (offset > known.length || offset + text.length <= known.length)) return;
    if (offset !== known.length && !this.mayMissChunks)
      this.observer.misfit({
        ...{ channelId: this.channelId, messageId },
        what: `a chunk at ${offset} came where one at ${known.length} was due, after ${known}`,
      });
    this.texts.set(messageId, known.slice(0, offset) + text);
    this.tell({ messageId, text: known.slice(0, offset) + text });
  }

  private tell({ messageId, text }: AnswerSoFar): void {
    this.observer.says({ channelId: this.channelId, messageId, text });
  }
}
