import { randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import { type ChannelUpdates, errors } from '@wirepact/protocol';
import type { Channel, NewStoredChannel } from '../ports/store';
import { findPropertiesError } from './find-properties-error';
import { MemoryChannel } from './memory-channel';

/** How much is kept at most. */
export interface MemoryBounds {
  readonly maxChannels: number;
  readonly maxEventsPerChannel: number;
  readonly maxPropertiesBytes: number;
  readonly idempotencyMs: number;
}

/** The channels of a memory store, within its bounds. */
export class MemoryChannels {
  private readonly channels = new Map<string, MemoryChannel>();
  /** Pruning walks the journal, so it waits until there is enough to forget. */
  private readonly pruneAt: number;

  constructor(private readonly bounds: MemoryBounds) {
    const { maxEventsPerChannel } = bounds;
    this.pruneAt = maxEventsPerChannel + Math.max(1, Math.floor(maxEventsPerChannel / 2));
  }

  get size(): number {
    return this.channels.size;
  }

  get(channelId: string): MemoryChannel | undefined {
    return this.channels.get(channelId);
  }

  all(): Iterable<MemoryChannel> {
    return this.channels.values();
  }

  /** @throws WirepactError `CHANNEL_LIMIT_REACHED`, `PROPERTIES_TOO_LARGE` */
  create(channel: NewStoredChannel): Channel {
    this.checkProperties(channel.properties);
    if (this.channels.size >= this.bounds.maxChannels) {
      const { description, retryable } = errors.CHANNEL_LIMIT_REACHED;
      throw new WirepactError('CHANNEL_LIMIT_REACHED', description, { retryable });
    }
    const kept = new MemoryChannel(channel, randomUUID(), this.bounds.idempotencyMs);
    this.channels.set(channel.id, kept);
    return kept.channel;
  }

  delete(channelId: string): void {
    this.channels.delete(channelId);
  }

  /** Changes a channel, where there is one. */
  change<Result>(channelId: string, apply: (channel: MemoryChannel) => Result): Result | undefined {
    const channel = this.channels.get(channelId);
    if (!channel) return undefined;
    const result = apply(channel);
    if (channel.size >= this.pruneAt) channel.prune({ maxCount: this.bounds.maxEventsPerChannel });
    return result;
  }

  /** @throws WirepactError `PROPERTIES_TOO_LARGE` */
  checkProperties(properties: ChannelUpdates): void {
    const error = findPropertiesError(properties, this.bounds.maxPropertiesBytes);
    if (error) throw error;
  }
}
