import { randomUUID } from 'node:crypto';
import type { ChannelUpdates, Position } from '@wirepact/protocol';
import type { Kysely, Selectable } from 'kysely';
import type { AppendedEvent, NewStoredEvent } from '../../../runtime/ports/event-store';
import type { Appended, Channel, NewStoredChannel, NewStoredMessage, Store } from '../../ports/store';
import { emptyChannel } from '../empty-channel';
import { findPropertiesError } from '../find-properties-error';
import { toJsonCopy } from '../to-json-equal';
import { withAgent } from '../with-agent';
import type { ChannelHeads } from './channel-heads';
import {
  readChannelRow,
  removeChannel,
  removeMessage,
  removeMessages,
  storeAgents,
  storeProperties,
} from './channel-writes';
import type { CommitLanes } from './commit-lanes';
import { toStoreError } from './fault';
import { isLarge } from './forget';
import { type RowReader, toOutgoing, toOutgoingEvent } from './rows';
import type { Write } from './run-batch';
import type { StoreSchema } from './schema';
import { storeEvent } from './store-event';

/** How often a channel that others delete and create meanwhile is looked for. */
const MAX_CREATE_ATTEMPTS = 3;

/** What a SQL store changes. */
export type SqlWrites = Pick<
  Store,
  | 'createChannel'
  | 'openChannel'
  | 'addAgent'
  | 'updateChannel'
  | 'deleteChannel'
  | 'appendEvent'
  | 'appendMessage'
  | 'deleteMessage'
  | 'clearMessages'
>;

/** What changes are made with. */
export interface SqlWriteDeps {
  readonly commits: CommitLanes;
  readonly getChannel: Store['getChannel'];
  readonly readHeads: Store['readHeads'];
  readonly reader: RowReader;
  /** Forgets the older part of a channel that is about to lose all it has. */
  readonly shrink: (channelId: string) => Promise<void>;
  readonly maxPropertiesBytes: number;
  /** How long a repeated event is known as such, in milliseconds. */
  readonly idempotencyMs: number;
}

type Run<Result> = (transaction: Kysely<StoreSchema>, heads: ChannelHeads) => Promise<Result>;

/** Puts what a SQL store changes into transactions. */
class SqlWriter {
  constructor(private readonly deps: SqlWriteDeps) {}

  // What a write resolves with is what its own work answered: the queue only keeps the order.
  change<Result>(channelId: string, run: Run<Result>, bytes = 0) {
    const write: Write = { kind: 'change', channelId, run };
    return this.deps.commits.write(write, bytes) as Promise<Exclude<Result, Error> | undefined>;
  }

  async append(given: NewStoredMessage, epoch: string | undefined): Promise<Appended | undefined> {
    const message = toOutgoing(given, epoch);
    const write: Write = { kind: 'append', channelId: given.channelId, message };
    return this.deps.commits.write(write, message.body.length) as Promise<Appended | undefined>;
  }

  /** Keeps an event of a contract, or finds what it repeats. */
  async appendEvent(channelId: string, given: NewStoredEvent): Promise<AppendedEvent | undefined> {
    const event = toOutgoingEvent(given);
    const run: Run<AppendedEvent> = (transaction, heads) =>
      storeEvent(transaction, heads, channelId, event, this.deps.idempotencyMs);
    return this.change(channelId, run, event.body.length);
  }

  async create(given: NewStoredChannel): Promise<Channel> {
    const { commits, maxPropertiesBytes, reader } = this.deps;
    const channel = { ...given, properties: toJsonCopy(given.properties), epoch: randomUUID() };
    const error = findPropertiesError(channel.properties, maxPropertiesBytes);
    if (error) throw error;
    const write: Write = { kind: 'create', channelId: given.id, channel };
    for (let attempt = 0; attempt < MAX_CREATE_ATTEMPTS; attempt += 1) {
      const row = (await commits.write(write, 0)) as Selectable<StoreSchema['channels']> | undefined;
      if (row) return reader.channel(row);
    }
    throw toStoreError(new Error(`Channel ${given.id} is deleted again and again.`), 'conflict');
  }

  async addAgent(channelId: string, agentId: string): Promise<boolean | undefined> {
    const known = await this.deps.getChannel(channelId);
    if (!known) return undefined;
    const wanted = withAgent(known.agentIds, agentId);
    if (wanted === undefined || wanted === known.agentIds) return wanted !== undefined;
    return this.change(channelId, async (transaction) => {
      const agentIds = (await this.readChannel(transaction, channelId))?.agentIds ?? [];
      const next = withAgent(agentIds, agentId);
      if (next !== undefined && next !== agentIds) await storeAgents(transaction, channelId, next);
      return next !== undefined;
    });
  }

  async update(channelId: string, given: ChannelUpdates): Promise<Channel | undefined> {
    const updates = toJsonCopy(given);
    const run: Run<Channel | Error | undefined> = async (transaction, heads) => {
      const channel = await this.readChannel(transaction, channelId);
      if (!channel) return undefined;
      const properties = { ...channel.properties, ...updates };
      // Answered, not thrown: what is thrown undoes what others do in the same transaction.
      const error = findPropertiesError(properties, this.deps.maxPropertiesBytes);
      if (error) return error;
      const position = await storeProperties(transaction, heads, channelId, updates, properties);
      return { ...channel, properties, ...position };
    };
    return this.change(channelId, run, JSON.stringify(updates).length);
  }

  /** Takes from a channel all it has. Where that is much, most of it is forgotten before, in portions. */
  async removeAll(channelId: string, remove: typeof removeChannel): Promise<Position | undefined> {
    const removed = await this.change<Position | 'large'>(channelId, async (transaction, heads) =>
      (await isLarge(transaction, channelId)) ? 'large' : remove(transaction, heads, channelId),
    );
    if (removed !== 'large') return removed;
    await this.deps.shrink(channelId);
    return this.change(channelId, (transaction, heads) => remove(transaction, heads, channelId));
  }

  private async readChannel(transaction: Kysely<StoreSchema>, channelId: string) {
    const row = await readChannelRow(transaction, channelId);
    return row && this.deps.reader.channel(row);
  }
}

/** What a SQL store changes, committed together with what arrives at the same time. */
export function createSqlWrites(deps: SqlWriteDeps): SqlWrites {
  const writer = new SqlWriter(deps);
  return {
    createChannel: async (channel) => (await deps.getChannel(channel.id)) ?? writer.create(channel),
    async openChannel(channelId) {
      const known = (await deps.readHeads([channelId])).get(channelId);
      if (known) return known;
      const { epoch, seq } = await writer.create(emptyChannel(channelId));
      return { epoch, seq };
    },
    addAgent: (channelId, agentId) => writer.addAgent(channelId, agentId),
    updateChannel: (channelId, updates) => writer.update(channelId, updates),
    deleteChannel: (channelId) => writer.removeAll(channelId, removeChannel),
    appendEvent: (channelId, event) => writer.appendEvent(channelId, event),
    appendMessage: (message, epoch) => writer.append(message, epoch),
    deleteMessage: (channelId, messageId) =>
      writer.change(channelId, (transaction, heads) =>
        removeMessage(transaction, heads, channelId, messageId),
      ),
    clearMessages: (channelId) => writer.removeAll(channelId, removeMessages),
  };
}
