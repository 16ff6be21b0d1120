import { forgetOldest } from './forget-oldest';
import type { Fields } from './pending-requests';

/** Answers followed at once at most; beyond it the oldest are forgotten. */
const MAX_ANSWERS = 256;

/** Follows how far answers are, on a server whose chunks do not say where they begin. */
export class AnswerOffsets {
  readonly #answers = new Map<unknown, { readonly index: number; readonly length: number }>();

  /** Where the text of a chunk begins; `undefined` where a chunk before it is missing, as to who joined in the middle. */
  next({ messageId, index, chunk }: Fields): number | undefined {
    const known = this.#answers.get(messageId) ?? { index: 0, length: 0 };
    if (index !== known.index || typeof chunk !== 'string') return undefined;
    this.#answers.set(messageId, { index: known.index + 1, length: known.length + chunk.length });
    forgetOldest(this.#answers, MAX_ANSWERS);
    return known.length;
  }

  /** Forgets an answer that has ended. */
  end(messageId: unknown): void {
    this.#answers.delete(messageId);
  }
}
