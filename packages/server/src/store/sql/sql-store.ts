import type { Store } from '../../ports/store';
import { readCount, readStoreOptions, type StoreOptions } from '../store-options';
import { toStoreError } from './fault';
import { shrink } from './forget';
import { createGroupCommit } from './group-commit';
import { HangGuard } from './hang-guard';
import { createOpening } from './opening';
import { OutageLog } from './outage-log';
import { pruneChannels, pruneSends } from './prune';
import { RowReader } from './rows';
import { countTogether, runBatch, type Write } from './run-batch';
import type { SqlDatabase, SqlDialect } from './sql-database';
import { createSqlReads } from './sql-reads';
import { createSqlWrites } from './sql-writes';

/** Settings that every SQL store has. */
export interface SqlStoreOptions extends StoreOptions {
  /**
   * How long the database may take for one transaction, connecting and waiting for locks included, in milliseconds; then
   * it fails as `STORE_UNAVAILABLE`. A write that waits for others is told within little more than twice this time.
   * Default 4,000.
   */
  timeoutMs?: number;
  /** Writes that may wait to be stored; further ones fail at once as `OVERLOADED`. Default 4,096. */
  maxWaitingWrites?: number;
}

/** A request that has taken this part of its time has waited for an answer; what the database itself breaks off is earlier. */
const HANG_SHARE = 0.95;

/** The settings, with defaults for what is left out. @throws WirepactError `INVALID_OPTIONS` */
export const readSqlStoreOptions = (options: SqlStoreOptions): Required<SqlStoreOptions> => ({
  ...readStoreOptions(options),
  timeoutMs: readCount('timeoutMs', options.timeoutMs ?? 4_000),
  maxWaitingWrites: readCount('maxWaitingWrites', options.maxWaitingWrites ?? 4_096),
});

/**
 * A store over one query layer, whatever SQL database is below.
 * @param connect opens the database and brings its tables up to date; leaves nothing behind where it rejects.
 */
export function createSqlStore(
  dialect: SqlDialect,
  connect: () => Promise<SqlDatabase>,
  options: Required<SqlStoreOptions>,
): Store {
  const { idempotencyMs, maxPropertiesBytes, maxWaitingWrites, timeoutMs, logger } = options;
  const { faultOf } = dialect;
  const opening = createOpening(connect);
  const outages = new OutageLog(logger);
  const hangs = new HangGuard();
  const reader = new RowReader(logger);

  /** Once the store is open, with the errors of the database as they are. */
  const run = async <Result>(work: (database: SqlDatabase) => Promise<Result>): Promise<Result> => {
    hangs.check();
    const since = performance.now();
    try {
      const result = await work(await opening.use());
      outages.worked();
      hangs.worked();
      return result;
    } catch (cause) {
      if (faultOf(cause) !== 'value') outages.failed(cause);
      if (performance.now() - since >= timeoutMs * HANG_SHARE) hangs.hung(cause);
      throw cause;
    }
  };

  const use = <Result>(work: (database: SqlDatabase) => Promise<Result>): Promise<Result> =>
    run(work).catch((cause: unknown) => {
      throw toStoreError(cause, faultOf(cause));
    });

  const commits = createGroupCommit<Write>({
    run: (batch) =>
      run((database) =>
        database.write((transaction) => runBatch(transaction, batch, { dialect, idempotencyMs })),
      ),
    countTogether,
    faultOf,
    maxWaiting: maxWaitingWrites,
    timeoutMs,
  });
  const reads = createSqlReads(use, dialect, reader);

  return {
    ...reads,
    ...createSqlWrites({
      ...{ commits, reader, maxPropertiesBytes, getChannel: reads.getChannel },
      shrink: (channelId) => use((database) => shrink(database, channelId, dialect)),
    }),

    async open() {
      await opening.open();
    },

    prune: (retention) =>
      use(async (database) => {
        await pruneChannels(database, retention, dialect);
        await pruneSends(database, Date.now() - idempotencyMs, dialect);
      }),

    async close() {
      await commits.idle();
      await opening.close();
    },
  };
}
