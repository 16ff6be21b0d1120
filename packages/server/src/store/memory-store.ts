import { randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import { errors } from '@wirepact/protocol';
import type { Store } from '../ports/store';
import { findPropertiesError } from './find-properties-error';
import { MemoryChannel } from './memory-channel';
import { readCount, readStoreOptions, type StoreOptions } from './store-options';
import { toJsonCopy, toJsonEqual } from './to-json-equal';

/** Bounds of a memory store. */
export interface MemoryStoreOptions extends Omit<StoreOptions, 'logger'> {
  /** Channels it keeps at most; further ones are refused. Default 10,000. */
  maxChannels?: number;
  /** Events it keeps of each channel, messages and what is known of repeats among them; the oldest go first. Default 1,000. */
  maxEventsPerChannel?: number;
}

/** The channels of a memory store. */
class MemoryChannels {
  private readonly channels = new Map<string, MemoryChannel>();
  /** Pruning walks the journal, so it waits until there is enough to forget. */
  private readonly slack: number;

  constructor(
    private readonly maxChannels: number,
    private readonly maxEvents: number,
  ) {
    this.slack = Math.max(1, Math.floor(maxEvents / 2));
  }

  get(channelId: string): MemoryChannel | undefined {
    return this.channels.get(channelId);
  }

  get size(): number {
    return this.channels.size;
  }

  all(): Iterable<MemoryChannel> {
    return this.channels.values();
  }

  add(channel: MemoryChannel): void {
    if (this.channels.size >= this.maxChannels) {
      const { description, retryable } = errors.CHANNEL_LIMIT_REACHED;
      throw new WirepactError('CHANNEL_LIMIT_REACHED', description, { retryable });
    }
    this.channels.set(channel.id, channel);
  }

  delete(channelId: string): void {
    this.channels.delete(channelId);
  }

  /** Changes a channel, where there is one. */
  change<Result>(channelId: string, apply: (channel: MemoryChannel) => Result): Result | undefined {
    const channel = this.channels.get(channelId);
    if (!channel) return undefined;
    const result = apply(channel);
    if (channel.size >= this.maxEvents + this.slack) channel.prune({ maxCount: this.maxEvents });
    return result;
  }
}

/**
 * A store in this process's memory: nothing survives the process.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { idempotencyMs, maxPropertiesBytes } = readStoreOptions(options);
  const channels = new MemoryChannels(
    readCount('maxChannels', options.maxChannels ?? 10_000),
    readCount('maxEventsPerChannel', options.maxEventsPerChannel ?? 1_000),
  );
  const checkProperties = (properties: Parameters<typeof findPropertiesError>[0]) => {
    const error = findPropertiesError(properties, maxPropertiesBytes);
    if (error) throw error;
  };

  return {
    getChannel: async (channelId) => channels.get(channelId)?.channel,

    async createChannel(given) {
      const existing = channels.get(given.id);
      if (existing) return existing.channel;
      const channel = toJsonCopy(given);
      checkProperties(channel.properties);
      const kept = new MemoryChannel(channel, randomUUID(), idempotencyMs);
      channels.add(kept);
      return kept.channel;
    },

    countChannels: async (max) => Math.min(channels.size, max),

    async readHeads(channelIds) {
      const found = channelIds.flatMap((id) => channels.get(id) ?? []);
      return new Map(found.map(({ id, head }) => [id, head]));
    },

    addAgent: async (channelId, agentId) => channels.get(channelId)?.addAgent(agentId),

    async updateChannel(channelId, given) {
      const updates = toJsonCopy(given);
      return channels.change(channelId, (kept) => {
        checkProperties({ ...kept.channel.properties, ...updates });
        return kept.update(updates);
      });
    },

    async deleteChannel(channelId) {
      const kept = channels.get(channelId);
      channels.delete(channelId);
      return kept?.end;
    },

    async appendMessage(given) {
      const message = toJsonEqual(given);
      return channels.change(message.channelId, (kept) => kept.append(message));
    },

    deleteMessage: async (channelId, messageId) =>
      channels.change(channelId, (kept) => kept.delete(messageId)),
    clearMessages: async (channelId) => channels.change(channelId, (kept) => kept.clear()),
    listMessages: async (channelId, query) =>
      channels.get(channelId)?.list(query) ?? { messages: [], hasMore: false },
    readJournal: async (channelId, after, bounds) => channels.get(channelId)?.read(after, bounds),

    async prune(retention) {
      for (const kept of channels.all()) kept.prune(retention);
    },

    async open() {},
    async close() {},
  };
}
