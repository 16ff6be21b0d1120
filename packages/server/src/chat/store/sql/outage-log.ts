import type { StoreLogger } from '../store-options';

/** How long after one outage was told the next one is, so that a store that comes and goes does not fill the log. */
const QUIET_MS = 10_000;

/** Tells a logger when a store stops working, and when it works again, however many are refused meanwhile. */
export class OutageLog {
  private isTold = false;
  /** Whether the last write has failed: a store that cannot be written may be read all the same. */
  private isWriteAmiss = false;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly logger: StoreLogger) {}

  failed(cause: unknown, isWrite: boolean): void {
    if (isWrite) this.isWriteAmiss = true;
    if (this.isTold || performance.now() - this.toldAt < QUIET_MS) return;
    this.isTold = true;
    this.toldAt = performance.now();
    // The reason alone: an error may hold what it was called with, such as a connection string.
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    this.logger.warn({ reason }, 'the store cannot be read or written: requests fail as STORE_UNAVAILABLE');
  }

  worked(isWrite: boolean): void {
    if (isWrite) this.isWriteAmiss = false;
    if (!this.isTold || this.isWriteAmiss) return;
    this.isTold = false;
    this.logger.warn({}, 'the store can be read and written again');
  }
}
