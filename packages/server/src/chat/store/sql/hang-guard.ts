import { createBackoff } from '../backoff';

/**
 * Keeps requests from waiting their whole time for a database that has just let another one do so: those of one
 * connection wait for each other, and would wait once for each. They fail at once for a pause, which grows.
 */
export class HangGuard {
  private readonly backoff = createBackoff();
  private hang: { readonly cause: unknown; readonly until: number } | undefined;

  /** @throws what the last request failed with, where the pause after it is not over. */
  check(): void {
    if (this.hang && performance.now() < this.hang.until) throw this.hang.cause;
  }

  /** A request has waited its whole time. */
  hung(cause: unknown): void {
    this.hang = { cause, until: performance.now() + this.backoff.next() };
  }

  /** The database has answered. */
  worked(): void {
    this.hang = undefined;
    this.backoff.reset();
  }
}
