import type { Store } from '../../ports/store';
import { CommitLanes } from './commit-lanes';
import { findLocked } from './find-locked';
import { shrink } from './forget';
import { createOpening } from './opening';
import { OutageLog } from './outage-log';
import { pruneChannels, pruneSends } from './prune';
import { RowReader } from './rows';
import { countTogether, runBatch, type Write } from './run-batch';
import type { SqlDatabase, SqlDialect, WriteWork } from './sql-database';
import { createSqlReads } from './sql-reads';
import type { SqlStoreOptions } from './sql-store-options';
import { createSqlTurns } from './sql-turns';
import { createSqlWrites } from './sql-writes';
import { StoreAccess } from './store-access';

/**
 * A store over one query layer, whatever SQL database is below.
 * @param connect opens the database and brings its tables up to date; leaves nothing behind where it rejects.
 */
export function createSqlStore(
  dialect: SqlDialect,
  connect: () => Promise<SqlDatabase>,
  options: Required<SqlStoreOptions>,
): Store & Required<Pick<Store, 'watchCommits'>> {
  const { idempotencyMs, maxPropertiesBytes, maxWaitingWrites, timeoutMs, logger } = options;
  const { faultOf } = dialect;
  const opening = createOpening(connect);
  const access = new StoreAccess({ opening, faultOf, timeoutMs, outages: new OutageLog(logger) });
  const reader = new RowReader(logger);
  const toWork =
    (batch: readonly Write[]): WriteWork<unknown[]> =>
    (transaction, ask) =>
      runBatch(transaction, batch, { dialect, idempotencyMs, ask });
  const commits = new CommitLanes({
    runBriefly: (batch) => access.runToWrite((database) => database.writeBriefly(toWork(batch))),
    run: (batch) => access.runToWrite((database) => database.write(toWork(batch))),
    findLocked: (writes) => access.run((database) => findLocked(database, writes, dialect)),
    countTogether,
    faultOf,
    timeoutMs,
    maxWaiting: maxWaitingWrites,
  });
  const reads = createSqlReads(access, dialect, reader);

  return {
    turns: createSqlTurns(access),
    ...reads,
    ...createSqlWrites({
      commits,
      reader,
      maxPropertiesBytes,
      idempotencyMs,
      getChannel: reads.getChannel,
      readHeads: reads.readHeads,
      shrink: (channelId) => access.useToWrite((database) => shrink(database, channelId, dialect)),
    }),

    async open() {
      await opening.open();
    },

    // It mostly finds nothing to forget, and then only reads.
    prune: (retention) =>
      access.use(async (database) => {
        await pruneChannels(database, retention, dialect);
        await pruneSends(database, Date.now() - idempotencyMs, dialect);
      }),

    watchCommits: (listener) => commits.watch(listener),

    async close() {
      await commits.idle();
      await opening.close();
    },
  };
}
