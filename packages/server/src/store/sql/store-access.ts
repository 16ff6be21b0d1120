import { type Fault, toStoreError } from './fault';
import type { Opening } from './opening';
import type { OutageLog } from './outage-log';
import type { SqlDatabase } from './sql-database';

type Work<Result> = (database: SqlDatabase) => Promise<Result>;

/** The database of a store, opened when it is needed. */
export class StoreAccess {
  constructor(
    private readonly opening: Opening<SqlDatabase>,
    private readonly faultOf: (cause: unknown) => Fault,
    private readonly outages: OutageLog,
  ) {}

  /** Does some work; rejects with the errors of the database as they are. */
  async run<Result>(work: Work<Result>): Promise<Result> {
    try {
      const result = await work(await this.opening.use());
      this.outages.worked();
      return result;
    } catch (cause) {
      if (this.faultOf(cause) !== 'value') this.outages.failed(cause);
      throw cause;
    }
  }

  /** Does some work; rejects with errors of the store. */
  use<Result>(work: Work<Result>): Promise<Result> {
    return this.run(work).catch((cause: unknown) => {
      throw toStoreError(cause, this.faultOf(cause));
    });
  }
}
