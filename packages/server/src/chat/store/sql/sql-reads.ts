import type { Store } from '../../ports/store';
import { readHeads } from './channel-heads';
import { countChannels, readChannelRow } from './channel-writes';
import { readJournal } from './read-journal';
import { readMessages } from './read-messages';
import { readNext } from './read-next';
import type { RowReader } from './rows';
import type { SqlDialect } from './sql-database';
import type { StoreAccess } from './store-access';

/** What a SQL store answers without changing anything. */
export type SqlReads = Pick<
  Store,
  'getChannel' | 'countChannels' | 'readHeads' | 'listMessages' | 'readJournal'
>;

/** What a SQL store reads, within its time limits. */
export const createSqlReads = (access: StoreAccess, dialect: SqlDialect, reader: RowReader): SqlReads => ({
  async getChannel(channelId) {
    const row = await access.use((database) => database.query((kysely) => readChannelRow(kysely, channelId)));
    return row && reader.channel(row);
  },
  countChannels: (max) => access.use((database) => database.query((kysely) => countChannels(kysely, max))),
  readHeads: (channelIds) =>
    access.use((database) => database.query((kysely) => readHeads(kysely, channelIds, dialect))),
  listMessages: (channelId, query) =>
    access.use((database) =>
      database.snapshot((snapshot) => readMessages(snapshot, channelId, query, reader)),
    ),
  readJournal: (channelId, after, bounds) =>
    access.use(async (database) => {
      const next = await database.query((kysely) => readNext(kysely, channelId, after, bounds, reader));
      if (next !== 'much') return next;
      return database.snapshot((snapshot) => readJournal(snapshot, channelId, after, bounds, reader));
    }),
});
