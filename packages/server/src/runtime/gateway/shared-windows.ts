import type { SharedCounter } from '../ports/scale-out';

/** How often what was taken here is told to the others, in milliseconds. */
const TELL_INTERVAL_MS = 100;
/** Keys told at once; more wait for their turn. */
const MAX_TOLD = 1_000;
/** Keys that wait for it at most; others are told of with the next points that are taken. */
const MAX_WAITING = 10_000;

/** Points of a key, as they are counted here and elsewhere. */
export interface CountedWindow {
  /** Points taken in this process. */
  used: number;
  /** Those of them that the others have been told of. */
  told: number;
  /** Points taken in other processes, as far as is known. */
  others: number;
  /** When the window ends, on the clock of `performance.now()`. */
  endsAt: number;
}

/**
 * Tells other processes what was taken in this one, and learns what was taken in them: soon afterwards, so that nothing
 * waits for it. Until then each process counts alone, and so it does where nobody can be told.
 */
export class SharedWindows {
  private waiting = new Map<string, CountedWindow>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly counter: SharedCounter,
    private readonly prefix: string,
    private readonly durationMs: number,
  ) {}

  /** Points were taken from a window. */
  note(key: string, window: CountedWindow): void {
    if (this.waiting.size < MAX_WAITING) this.waiting.set(key, window);
    this.timer ??= setTimeout(() => void this.tell(), TELL_INTERVAL_MS).unref();
  }

  private async tell(): Promise<void> {
    const told = [...this.waiting].slice(0, MAX_TOLD);
    for (const [key] of told) this.waiting.delete(key);
    await Promise.all(told.map(([key, window]) => this.tellOf(key, window)));
    this.timer = undefined;
    const [next] = this.waiting;
    if (next) this.note(...next);
  }

  private async tellOf(key: string, window: CountedWindow): Promise<void> {
    const points = window.used - window.told;
    if (window.endsAt <= performance.now()) return;
    try {
      const count = await this.counter.add(`${this.prefix}:${key}`, points, this.durationMs);
      window.told += points;
      window.others = Math.max(0, count.points - window.told);
      window.endsAt = Math.min(window.endsAt, performance.now() + count.endsInMs);
    } catch {
      // They are told of with the next points that are taken.
    }
  }
}
