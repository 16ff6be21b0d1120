import { WirepactError } from '@wirepact/contract';
import { errors } from '@wirepact/protocol';
import type { Channel, Message, Store } from '../ports/store';

/** Bounds of a memory store. */
export interface MemoryStoreOptions {
  /** Channels it keeps at most; further ones are refused. Default 10,000. */
  maxChannels?: number;
  /** Messages it keeps in each channel; the oldest go first. Default 1,000. */
  maxMessagesPerChannel?: number;
}

interface StoredChannel {
  channel: Channel;
  /** By id, in the order they came. */
  messages: Map<string, Message>;
  /** First message of a sender and client message id, kept as long as a message would be. */
  firsts: Map<string, Message>;
}

const firstKey = ({ senderId, clientMessageId }: Message) => JSON.stringify([senderId, clientMessageId]);

/** Adds to a map that keeps insertion order, and drops what was added first when there is too much. */
function addBounded<Value>(map: Map<string, Value>, key: string, value: Value, maxSize: number): void {
  map.set(key, value);
  if (map.size <= maxSize) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

/** A store in this process's memory: nothing survives the process. */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { maxChannels = 10_000, maxMessagesPerChannel = 1_000 } = options;
  const channels = new Map<string, StoredChannel>();

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
      channels.set(channel.id, { channel, messages: new Map(), firsts: new Map() });
      return channel;
    },

    async updateChannel(channelId, updates) {
      const stored = channels.get(channelId);
      if (!stored) return undefined;
      stored.channel = { ...stored.channel, properties: { ...stored.channel.properties, ...updates } };
      return stored.channel;
    },

    async addAgent(channelId, agentId) {
      const stored = channels.get(channelId);
      if (!stored || stored.channel.agentIds.includes(agentId)) return;
      stored.channel = { ...stored.channel, agentIds: [...stored.channel.agentIds, agentId] };
    },

    async deleteChannel(channelId) {
      return channels.delete(channelId);
    },

    async appendMessage(message) {
      const stored = channels.get(message.channelId);
      if (!stored) return undefined;
      if (message.clientMessageId !== undefined) {
        const key = firstKey(message);
        const first = stored.firsts.get(key);
        if (first) return { message: first, repeated: true };
        addBounded(stored.firsts, key, message, maxMessagesPerChannel);
      }
      addBounded(stored.messages, message.id, message, maxMessagesPerChannel);
      return { message, repeated: false };
    },

    async deleteMessage(channelId, messageId) {
      return channels.get(channelId)?.messages.delete(messageId) ?? false;
    },

    async clearMessages(channelId) {
      const stored = channels.get(channelId);
      stored?.messages.clear();
      return stored !== undefined;
    },

    async listMessages(channelId, { limit, before }) {
      const messages = [...(channels.get(channelId)?.messages.values() ?? [])];
      const end = before === undefined ? -1 : messages.findIndex(({ id }) => id === before);
      const older = end === -1 ? messages : messages.slice(0, end);
      return limit > 0 ? older.slice(-limit) : [];
    },
  };
}
