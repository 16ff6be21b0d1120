const WINDOW_MS = 60_000;

/** What a sender did wrong, and may do only so often. */
const REFUSALS: ReadonlySet<string> = new Set([
  'INVALID_PAYLOAD',
  'INVALID_UUID',
  'PAYLOAD_TOO_LARGE',
  'UNKNOWN_EVENT',
  'RATE_LIMITED',
  'FORBIDDEN',
]);

/** Counts what a connection was refused, in windows of a minute. */
export class Refusals {
  private count = 0;
  private endsAt = 0;

  constructor(private readonly max: number) {}

  /** Counts an error by its code; true where it is a refusal, and one more than there may be. */
  isOneTooMany(code: string): boolean {
    if (!REFUSALS.has(code)) return false;
    const now = performance.now();
    if (now >= this.endsAt) {
      this.count = 0;
      this.endsAt = now + WINDOW_MS;
    }
    this.count += 1;
    return this.count > this.max;
  }
}
