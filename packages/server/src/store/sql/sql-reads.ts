import type { Store } from '../../ports/store';
import { readHeads } from './channel-heads';
import { countChannels, readChannelRow } from './channel-writes';
import { readJournal } from './read-journal';
import { readMessages } from './read-messages';
import type { RowReader } from './rows';
import type { SqlDatabase, SqlDialect } from './sql-database';

/** Uses the database once it is open; rejects with errors of the store. */
export type Use = <Result>(work: (database: SqlDatabase) => Promise<Result>) => Promise<Result>;

/** What a SQL store answers without changing anything. */
export type SqlReads = Pick<
  Store,
  'getChannel' | 'countChannels' | 'readHeads' | 'listMessages' | 'readJournal'
>;

export const createSqlReads = (use: Use, dialect: SqlDialect, reader: RowReader): SqlReads => ({
  async getChannel(channelId) {
    const row = await use((database) => database.query((kysely) => readChannelRow(kysely, channelId)));
    return row && reader.channel(row);
  },
  countChannels: (max) => use((database) => database.query((kysely) => countChannels(kysely, max))),
  readHeads: (channelIds) =>
    use((database) => database.query((kysely) => readHeads(kysely, channelIds, dialect))),
  listMessages: (channelId, query) =>
    use((database) => database.snapshot((snapshot) => readMessages(snapshot, channelId, query, reader))),
  readJournal: (channelId, after, bounds) =>
    use((database) =>
      database.snapshot((snapshot) => readJournal(snapshot, channelId, after, bounds, reader)),
    ),
});
