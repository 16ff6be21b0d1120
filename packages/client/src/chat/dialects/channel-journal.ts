import { createUuid } from '../../runtime/base/uuid';
import { forgetOldest } from './forget-oldest';

/** The number a channel has when it is joined: history, which is read backwards, goes down from it. */
const START = 1_000_000_000;
/** Messages remembered of a channel; beyond it the oldest known are forgotten. */
const MAX_KNOWN = 20_000;

/** A message, as far as a journal looks at it. */
export interface Numberable {
  readonly id: unknown;
  readonly createdAt: number;
}

/** Numbers what happens in one channel of a server that numbers nothing, for the life of a connection. */
export class ChannelJournal {
  /** Another connection has another journal: what happened in between is not in it. */
  readonly epoch = createUuid();
  #last = START;
  #first = START + 1;
  readonly #known = new Map<unknown, { readonly seq: number; readonly createdAt: number }>();

  /** Where the journal stands. */
  get position(): { readonly epoch: string; readonly seq: number } {
    return { epoch: this.epoch, seq: this.#last };
  }

  /** The place of what happens next: a message that is there already keeps the one it has besides. */
  next(message?: Numberable): { readonly epoch: string; readonly seq: number } {
    this.#last += 1;
    if (message && !this.#known.has(message.id)) this.#remember(message, this.#last);
    return this.position;
  }

  /** Where a message stands, and when it was created; `undefined` where it is not known. */
  receiptOf(
    id: unknown,
  ): { readonly epoch: string; readonly seq: number; readonly createdAt: number } | undefined {
    const known = this.#known.get(id);
    return known && { epoch: this.epoch, ...known };
  }

  /** When the first message from a number on was created; infinite where none is known. */
  createdFrom(seq: number): number {
    let first = Number.POSITIVE_INFINITY;
    for (const known of this.#known.values()) if (known.seq >= seq) first = Math.min(known.createdAt, first);
    return first;
  }

  /** Whether this message is known, or one that was created after it. */
  knowsFrom({ id, createdAt }: Numberable): boolean {
    return [...this.#known].some(([other, known]) => other === id || known.createdAt > createdAt);
  }

  /** Whether a message is known to have this number, or a higher one. */
  isFrom(id: unknown, seq: number): boolean {
    return (this.#known.get(id)?.seq ?? 0) >= seq;
  }

  /** Messages of history with their numbers: newest first in, oldest first out. */
  number<Message extends Numberable>(messages: readonly Message[]) {
    const numbered = messages.map((message) => {
      const seq = this.#known.get(message.id)?.seq ?? this.#numberBack(message);
      return { ...message, epoch: this.epoch, seq };
    });
    return numbered.reverse();
  }

  #numberBack(message: Numberable): number {
    this.#first -= 1;
    this.#remember(message, this.#first);
    return this.#first;
  }

  #remember({ id, createdAt }: Numberable, seq: number): void {
    this.#known.set(id, { seq, createdAt });
    forgetOldest(this.#known, MAX_KNOWN);
  }
}
