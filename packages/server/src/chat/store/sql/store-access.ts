import { type Fault, toStoreError } from './fault';
import { HangGuard } from './hang-guard';
import type { Opening } from './opening';
import type { OutageLog } from './outage-log';
import type { SqlDatabase } from './sql-database';

type Work<Result> = (database: SqlDatabase) => Promise<Result>;

/** What a store's database is used with. */
export interface StoreAccessDeps {
  readonly opening: Opening<SqlDatabase>;
  readonly faultOf: (cause: unknown) => Fault;
  readonly outages: OutageLog;
  /** How long the database may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Work that has taken this part of its time has waited for an answer; what the database itself breaks off is earlier. */
const HANG_SHARE = 0.95;

/** The database of a store, opened when it is needed. */
export class StoreAccess {
  private readonly hangs = new HangGuard();

  constructor(private readonly deps: StoreAccessDeps) {}

  /** Does some work; rejects with the errors of the database as they are. */
  run<Result>(work: Work<Result>): Promise<Result> {
    return this.attempt(work, false);
  }

  /** The same, of work that writes. */
  runToWrite<Result>(work: Work<Result>): Promise<Result> {
    return this.attempt(work, true);
  }

  private async attempt<Result>(work: Work<Result>, isWrite: boolean): Promise<Result> {
    const { opening, outages } = this.deps;
    this.hangs.check();
    const since = performance.now();
    try {
      const result = await work(await opening.use());
      outages.worked(isWrite);
      this.hangs.worked();
      return result;
    } catch (cause) {
      this.noteFailure(cause, isWrite, performance.now() - since);
      throw cause;
    }
  }

  /** Does some work; rejects with errors of the store. */
  use<Result>(work: Work<Result>): Promise<Result> {
    return this.run(work).catch((cause: unknown) => this.refuse(cause));
  }

  /** The same, of work that writes. */
  useToWrite<Result>(work: Work<Result>): Promise<Result> {
    return this.runToWrite(work).catch((cause: unknown) => this.refuse(cause));
  }

  private refuse(cause: unknown): never {
    throw toStoreError(cause, this.deps.faultOf(cause));
  }

  private noteFailure(cause: unknown, isWrite: boolean, tookMs: number): void {
    const { faultOf, outages, timeoutMs } = this.deps;
    const fault = faultOf(cause);
    if (fault !== 'value' && fault !== 'busy') outages.failed(cause, isWrite);
    // A file that is locked can be read all the same.
    if (fault === 'store' && tookMs >= timeoutMs * HANG_SHARE) this.hangs.hung(cause);
  }
}
