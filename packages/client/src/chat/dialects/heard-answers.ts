import { toChunk } from './elizaos-events';
import { channelIdOf } from './event-session';
import { forgetOldest } from './forget-oldest';
import type { Fields } from './pending-requests';

/** Answers followed at once at most; beyond it the oldest are forgotten. */
const MAX_ANSWERS = 256;
/** Characters of an answer; one that is longer is followed no further. */
const MAX_LENGTH = 1_000_000;

/** A chunk as the protocol has it, and the answer up to there as a join is answered with it. */
type Heard = ReturnType<typeof toChunk> & {
  readonly text: string;
  readonly tools: readonly [];
  readonly nextIndex: number;
};

/** What was heard of answers under way, on a server whose chunks do not say where they begin. */
export class HeardAnswers {
  readonly #answers = new Map<unknown, Heard>();

  /** The chunk, with where its text begins; `undefined` where one before it is missing, as to who joined in the middle. */
  add(payload: Fields): object | undefined {
    const { messageId, index, chunk } = payload;
    const { text, nextIndex } = this.#answers.get(messageId) ?? { text: '', nextIndex: 0 };
    if (index !== nextIndex || typeof chunk !== 'string' || text.length > MAX_LENGTH) return undefined;
    const heard = toChunk(payload, text.length);
    this.#answers.set(messageId, { ...heard, text: text + chunk, tools: [], nextIndex: nextIndex + 1 });
    forgetOldest(this.#answers, MAX_ANSWERS);
    return heard;
  }

  /** Those of a channel, as a join is answered with them: what came before the answer is part of that. */
  in(channelId: string): Heard[] {
    return [...this.#answers.values()].filter((heard) => channelIdOf(heard) === channelId);
  }

  /** Forgets an answer that has ended. */
  end(messageId: unknown): void {
    this.#answers.delete(messageId);
  }
}
