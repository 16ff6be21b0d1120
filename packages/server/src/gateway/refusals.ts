const WINDOW_MS = 60_000;

/** Counts what a connection was refused, in windows of a minute. */
export class Refusals {
  private count = 0;
  private endsAt = 0;

  constructor(private readonly max: number) {}

  /** Counts one; true where there were more of them in the window than may be. */
  isOneTooMany(): boolean {
    const now = performance.now();
    if (now >= this.endsAt) {
      this.count = 0;
      this.endsAt = now + WINDOW_MS;
    }
    this.count += 1;
    return this.count > this.max;
  }
}
