import { type Check, count } from '../../runtime/option-checks';
import type { EventStore } from '../../runtime/ports/event-store';
import type { Store } from '../ports/store';
import { emptyChannel } from './empty-channel';
import { MemoryChannels } from './memory-channels';
import { createMemoryTurns } from './memory-turns';
import { checkStoreOptions, readStoreOptions, STORE_OPTION_CHECKS, type StoreOptions } from './store-options';
import { toJsonCopy, toJsonEqual } from './to-json-equal';

/** Bounds of a memory store. */
export interface MemoryStoreOptions extends Omit<StoreOptions, 'logger'> {
  /** Channels it keeps at most; further ones are refused. Default 10,000. */
  maxChannels?: number;
  /** Events it keeps of each channel, messages and what is known of repeats among them; the oldest go first. Default 1,000. */
  maxEventsPerChannel?: number;
}

const { logger: _, ...WITHOUT_LOGGER } = STORE_OPTION_CHECKS;
const CHECKS: Readonly<Record<keyof MemoryStoreOptions, Check>> = {
  ...WITHOUT_LOGGER,
  maxChannels: count,
  maxEventsPerChannel: count,
};

/** What is kept of every contract's channels. */
const createJournals = (channels: MemoryChannels): Pick<Store, keyof EventStore> => ({
  async openChannel(channelId) {
    const { epoch, seq } = channels.get(channelId)?.head ?? channels.create(emptyChannel(channelId));
    return { epoch, seq };
  },

  async appendEvent(channelId, given) {
    const event = toJsonCopy(given);
    return channels.change(channelId, (kept) => kept.publish(event));
  },

  countChannels: async (max) => Math.min(channels.size, max),

  async readHeads(channelIds) {
    const found = channelIds.flatMap((id) => channels.get(id) ?? []);
    return new Map(found.map(({ id, head }) => [id, head]));
  },

  readJournal: async (channelId, after, bounds) => channels.get(channelId)?.read(after, bounds),

  async deleteChannel(channelId) {
    const kept = channels.get(channelId);
    channels.delete(channelId);
    return kept?.end;
  },

  async prune(retention) {
    for (const kept of channels.all()) kept.prune(retention);
  },

  async open() {},
  async close() {},
});

/**
 * A store in this process's memory: nothing survives the process.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  checkStoreOptions(options, CHECKS, 'createMemoryStore({ maxChannels: 100 })');
  const channels = new MemoryChannels({
    ...readStoreOptions(options),
    maxChannels: options.maxChannels ?? 10_000,
    maxEventsPerChannel: options.maxEventsPerChannel ?? 1_000,
  });

  return {
    ...createJournals(channels),
    turns: createMemoryTurns(),
    getChannel: async (channelId) => channels.get(channelId)?.channel,
    createChannel: async (channel) =>
      channels.get(channel.id)?.channel ?? channels.create(toJsonCopy(channel)),

    addAgent: async (channelId, agentId) => channels.get(channelId)?.addAgent(agentId),

    async updateChannel(channelId, given) {
      const updates = toJsonCopy(given);
      return channels.change(channelId, (kept) => {
        channels.checkProperties({ ...kept.channel.properties, ...updates });
        return kept.update(updates);
      });
    },

    async appendMessage(given, epoch) {
      const message = toJsonEqual(given);
      return channels.change(message.channelId, (kept) =>
        epoch === undefined || epoch === kept.head.epoch ? kept.append(message) : undefined,
      );
    },

    deleteMessage: async (channelId, messageId) =>
      channels.change(channelId, (kept) => kept.delete(messageId)),
    clearMessages: async (channelId) => channels.change(channelId, (kept) => kept.clear()),
    listMessages: async (channelId, query) =>
      channels.get(channelId)?.list(query) ?? { messages: [], hasMore: false },
  };
}
