/** Events kept at most; with one more, all of them are dropped. */
const MAX_HELD = 10_000;

/** Events of a channel that wait until it has been found out what was before them. */
export class HeldEvents {
  #takes: (() => void)[] = [];
  #hasLost = false;

  add(take: () => void): void {
    if (this.#takes.length >= MAX_HELD) {
      this.#takes = [];
      this.#hasLost = true;
    }
    this.#takes.push(take);
  }

  /** Whether some were dropped since this was asked last: then it has to be found out anew. */
  hasLost(): boolean {
    const hasLost = this.#hasLost;
    this.#hasLost = false;
    return hasLost;
  }

  release(): void {
    for (const take of this.#takes) take();
    this.#takes = [];
  }
}
