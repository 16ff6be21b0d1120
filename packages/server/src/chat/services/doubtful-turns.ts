import type { TurnRow, TurnStore } from '../ports/turn-store';

type Key = Pick<TurnRow, 'channelId' | 'messageId'>;

/** So often the store is told to forget one: what it was sent before may reach it late. */
const TIMES = 5;
/** So many are remembered; of more, another process may end the oldest once again. */
const MAX_TURNS = 1_000;

/**
 * Turns of which the store was told, and did not answer: they are over here, and must not be left in the store, where another
 * process would take them for those of one that is gone.
 */
export class DoubtfulTurns {
  private readonly turns = new Map<string, { readonly key: Key; left: number }>();

  constructor(private readonly store: Pick<TurnStore, 'end'>) {}

  add({ channelId, messageId }: Key): void {
    const [oldest] = this.turns.keys();
    if (this.turns.size >= MAX_TURNS && oldest !== undefined) this.turns.delete(oldest);
    this.turns.set(messageId, { key: { channelId, messageId }, left: TIMES });
  }

  /** Has the store forget them; to be called now and then. Rejects as the store does. */
  async forget(): Promise<void> {
    for (const [id, turn] of [...this.turns]) {
      await this.store.end(turn.key.channelId, turn.key.messageId);
      turn.left -= 1;
      if (turn.left === 0) this.turns.delete(id);
    }
  }
}
