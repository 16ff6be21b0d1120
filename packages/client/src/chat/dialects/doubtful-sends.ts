import { forgetOldest } from './forget-oldest';

/** Messages remembered at most; beyond it the oldest are forgotten. */
const MAX_DOUBTS = 1000;

/**
 * What is known of a message without a receipt: the connection was `lost` with it, and it would be sent again by itself;
 * or somebody was `told`, or has loaded a page anew, and sends it again on purpose.
 */
export type Doubt = 'lost' | 'told';

/** Messages of a client that went out and got no receipt: a server that keeps what comes twice may have them. */
export class DoubtfulSends {
  readonly #doubts = new Map<unknown, Doubt>();

  /** Messages that an earlier page may have sent. */
  readonly #restored: ReadonlySet<unknown>;

  constructor(restored: ReadonlySet<unknown>) {
    this.#restored = restored;
  }

  /** What is in doubt about a message, by this client's own id. */
  of(clientMessageId: unknown): Doubt | undefined {
    return this.#doubts.get(clientMessageId) ?? (this.#restored.has(clientMessageId) ? 'told' : undefined);
  }

  /** Notes that a message is in doubt. */
  add(clientMessageId: unknown, doubt: Doubt): void {
    this.#doubts.set(clientMessageId, doubt);
    forgetOldest(this.#doubts, MAX_DOUBTS);
  }

  /** Notes that there is no doubt about a message any more. */
  clear(clientMessageId: unknown): void {
    this.#doubts.delete(clientMessageId);
  }
}
