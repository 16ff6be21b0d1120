import { WirepactError } from '@wirepact/contract/runtime';
import { type Kysely, sql } from 'kysely';
import type { StoreSchema } from './schema';

/** What differs between the databases in how tables are made. */
export interface TableDialect {
  /** Type of a whole number up to 2^53. */
  readonly integer: string;
  /** Type of a primary key that is a whole number, which the database gives. */
  readonly numbered: string;
  /** Behind a table that is kept in the order of its primary key. */
  readonly clustered: string;
}

/** Tables of versions before this one were made in development only. */
const FIRST_VERSION = 3;

/** Statements that lead from one version to the next. Never changed once released: only added to. */
const createMigrations = ({ integer, numbered, clustered }: TableDialect): readonly (readonly string[])[] => [
  [
    `create table channels (
      number ${numbered},
      id text not null unique,
      server_id text not null,
      properties text not null,
      agent_ids text not null,
      created_at ${integer} not null,
      epoch text not null,
      seq ${integer} not null,
      horizon ${integer} not null default 0,
      latest_at ${integer} not null default 0
    )`,
    `create table messages (
      channel_number ${integer} not null,
      seq ${integer} not null,
      id text not null,
      created_at ${integer} not null,
      body text not null,
      primary key (channel_number, seq)
    )`,
    'create unique index messages_by_id on messages (id)',
    `create table journal (
      channel_number ${integer} not null,
      seq ${integer} not null,
      created_at ${integer} not null,
      event text not null,
      body text not null,
      primary key (channel_number, seq)
    )`,
    `create table sends (
      day ${integer} not null,
      send_key text not null,
      epoch text not null,
      message_id text not null,
      seq ${integer} not null,
      created_at ${integer} not null,
      stored_at ${integer} not null,
      primary key (day, send_key, epoch)
    ) ${clustered}`,
    `create table turns (
      channel_id text not null,
      message_id text not null,
      owner text not null,
      beat ${integer} not null,
      is_cancelled ${integer} not null,
      body text not null,
      answer text not null,
      primary key (channel_id, message_id)
    ) ${clustered}`,
  ],
];

/**
 * Brings the tables up to date. To be called in a transaction that keeps every other process out.
 * @throws WirepactError `STORE_UNAVAILABLE` where the tables are of a version that this one does not know.
 */
export async function migrate(transaction: Kysely<StoreSchema>, dialect: TableDialect): Promise<void> {
  const migrations = createMigrations(dialect);
  await sql
    .raw(`create table if not exists schema_version (version ${dialect.integer} not null)`)
    .execute(transaction);
  const row = await transaction.selectFrom('schema_version').select('version').executeTakeFirst();
  const version = Number(row?.version ?? 0);
  const done = version === 0 ? 0 : version - FIRST_VERSION + 1;
  const newest = FIRST_VERSION + migrations.length - 1;
  const isTooOld = version > 0 && version < FIRST_VERSION;
  if (isTooOld || version > newest) {
    throw new WirepactError(
      'STORE_UNAVAILABLE',
      `The store has tables of version ${version}; this server knows ${newest}. Use the server that made them, or ${isTooOld ? 'begin a new store' : 'a newer one'}.`,
    );
  }
  for (const statement of migrations.slice(done).flat()) await sql.raw(statement).execute(transaction);
  await transaction.deleteFrom('schema_version').execute();
  await transaction.insertInto('schema_version').values({ version: newest }).execute();
}
