import { randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Kysely } from 'kysely';
import type { Store } from '../../ports/store';
import { DEFAULT_IDEMPOTENCY_MS } from '../idempotency';
import { appendMessages, readHeads } from './append-messages';
import {
  changeProperties,
  findChannel,
  insertAgent,
  insertChannel,
  pruneChannel,
  removeChannel,
  removeMessage,
  removeMessages,
} from './channel-writes';
import { createGroupCommit } from './group-commit';
import { readJournal } from './read-journal';
import { readMessages } from './read-messages';
import type { ElementsOf, StoreSchema } from './schema';

/** Settings that every SQL store has. */
export interface SqlStoreOptions {
  /** How long a repeated message is known as such, in milliseconds. Default 24 hours. */
  idempotencyMs?: number;
}

/** A database that a SQL store runs on. */
export interface SqlDatabase {
  readonly kysely: Kysely<StoreSchema>;
  /** Whether rows are locked for a transaction, as more than one may write at a time. */
  readonly locksRows: boolean;
  readonly elementsOf: ElementsOf;
  /** Makes the tables. Rejects with an error that says what is wrong and what to do. */
  open(): Promise<void>;
  /** Runs a transaction that writes. */
  write<Result>(work: (transaction: Kysely<StoreSchema>) => Promise<Result>): Promise<Result>;
  /** Runs a transaction that reads one snapshot. */
  read<Result>(work: (transaction: Kysely<StoreSchema>) => Promise<Result>): Promise<Result>;
}

/** For whoever asked over the network: what the database says of itself, and where it is, stays here as the cause. */
const unavailable = (cause: unknown) =>
  new WirepactError('STORE_UNAVAILABLE', 'The store cannot be read or written now.', {
    retryable: true,
    cause,
  });

/** A store over one query layer, whatever SQL database is below. */
export function createSqlStore(database: SqlDatabase, options: SqlStoreOptions = {}): Store {
  const { kysely, locksRows, elementsOf } = database;
  const { idempotencyMs = DEFAULT_IDEMPOTENCY_MS } = options;
  let opened: Promise<void> | undefined;

  const open = () => {
    opened ??= database.open();
    return opened;
  };

  /** Once the store is open, with its errors in our words. */
  const use = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      await open();
      return await work();
    } catch (cause) {
      throw unavailable(cause);
    }
  };

  const writes = createGroupCommit<Kysely<StoreSchema>>({
    inTransaction: (work) => use(() => database.write(work)),
    append: (transaction, messages) =>
      appendMessages(transaction, messages, { locksRows, elementsOf, idempotencyMs }),
  });

  return {
    open,
    getChannel: (channelId) => use(() => findChannel(kysely, channelId)),

    async createChannel(channel) {
      const existing = await use(() => findChannel(kysely, channel.id));
      if (existing) return existing;
      return writes.write(async (transaction) => {
        const epoch = randomUUID();
        await insertChannel(transaction, channel, epoch);
        return (await findChannel(transaction, channel.id)) ?? { ...channel, epoch, seq: 0 };
      });
    },

    readHeads: (channelIds) => use(() => readHeads(kysely, channelIds, elementsOf)),
    addAgent: (channelId, agentId) =>
      writes.write((transaction) => insertAgent(transaction, channelId, agentId)),
    updateChannel: (channelId, updates) =>
      writes.write((transaction) => changeProperties(transaction, channelId, updates)),
    deleteChannel: (channelId) => writes.write((transaction) => removeChannel(transaction, channelId)),
    appendMessage: (message) => writes.append(message),
    deleteMessage: (channelId, messageId) =>
      writes.write((transaction) => removeMessage(transaction, channelId, messageId)),
    clearMessages: (channelId) => writes.write((transaction) => removeMessages(transaction, channelId)),

    listMessages: (channelId, query) =>
      use(() => database.read((snapshot) => readMessages(snapshot, channelId, query))),
    readJournal: (channelId, after, bounds) =>
      use(() => database.read((snapshot) => readJournal(snapshot, channelId, after, bounds))),

    async prune(retention) {
      const channels = await use(() => kysely.selectFrom('channels').select('id').execute());
      for (const { id } of channels)
        await writes.write((transaction) => pruneChannel(transaction, id, retention));
      const expired = Date.now() - idempotencyMs;
      await writes.write((transaction) =>
        transaction.deleteFrom('sends').where('stored_at', '<=', expired).execute(),
      );
    },

    async close() {
      await writes.idle();
      await kysely.destroy();
    },
  };
}
