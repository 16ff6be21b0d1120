import { randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import { errors } from '@wirepact/protocol';
import type { Store } from '../ports/store';
import { DEFAULT_IDEMPOTENCY_MS } from './idempotency';
import { MemoryChannel } from './memory-channel';

/** Bounds of a memory store. */
export interface MemoryStoreOptions {
  /** Channels it keeps at most; further ones are refused. Default 10,000. */
  maxChannels?: number;
  /** Events it keeps of each channel, messages and what is known of repeats among them; the oldest go first. Default 1,000. */
  maxEventsPerChannel?: number;
  /** How long a repeated message is known as such, in milliseconds. Default 24 hours. */
  idempotencyMs?: number;
}

/** A store in this process's memory: nothing survives the process. */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const {
    maxChannels = 10_000,
    maxEventsPerChannel = 1_000,
    idempotencyMs = DEFAULT_IDEMPOTENCY_MS,
  } = options;
  const channels = new Map<string, MemoryChannel>();
  /** Pruning walks the journal, so it waits until there is enough to forget. */
  const slack = Math.max(1, Math.floor(maxEventsPerChannel / 2));

  const keepBounded = (kept: MemoryChannel) => {
    if (kept.size >= maxEventsPerChannel + slack) kept.prune({ maxCount: maxEventsPerChannel });
  };

  /** Changes a channel, where there is one. */
  const change = <Result>(channelId: string, apply: (kept: MemoryChannel) => Result): Result | undefined => {
    const kept = channels.get(channelId);
    if (!kept) return undefined;
    const result = apply(kept);
    keepBounded(kept);
    return result;
  };

  return {
    async getChannel(channelId) {
      return channels.get(channelId)?.channel;
    },

    async createChannel(channel) {
      const existing = channels.get(channel.id);
      if (existing) return existing.channel;
      if (channels.size >= maxChannels) {
        const { description, retryable } = errors.CHANNEL_LIMIT_REACHED;
        throw new WirepactError('CHANNEL_LIMIT_REACHED', description, { retryable });
      }
      const kept = new MemoryChannel(channel, randomUUID(), idempotencyMs);
      channels.set(channel.id, kept);
      return kept.channel;
    },

    async readHeads(channelIds) {
      const found = channelIds.flatMap((id) => channels.get(id) ?? []);
      return new Map(found.map(({ channel, head }) => [channel.id, head]));
    },

    addAgent: async (channelId, agentId) => channels.get(channelId)?.addAgent(agentId),

    async deleteChannel(channelId) {
      const kept = channels.get(channelId);
      channels.delete(channelId);
      return kept?.end;
    },

    updateChannel: async (channelId, updates) => change(channelId, (kept) => kept.update(updates)),
    appendMessage: async (message) => change(message.channelId, (kept) => kept.append(message)),
    deleteMessage: async (channelId, messageId) => change(channelId, (kept) => kept.delete(messageId)),
    clearMessages: async (channelId) => change(channelId, (kept) => kept.clear()),
    listMessages: async (channelId, query) =>
      channels.get(channelId)?.list(query) ?? { messages: [], hasMore: false },
    readJournal: async (channelId, after, bounds) => channels.get(channelId)?.read(after, bounds),

    async prune(retention) {
      for (const kept of channels.values()) kept.prune(retention);
    },

    async open() {},
    async close() {},
  };
}
