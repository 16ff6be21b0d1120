import { findPayloadError, WirepactError } from '@wirepact/contract/runtime';
import { type ChannelUpdates, type Position, type Protocol, protocol, ZERO_UUID } from '@wirepact/protocol';
import type { Broadcaster } from '../ports/connection';
import type { Channel, Store } from '../ports/store';
import type { ChannelFeed } from './channel-feed';

/** A channel to create. */
export interface NewChannel {
  /** UUID. */
  readonly id: string;
  /** UUID; `ZERO_UUID` where left out. */
  readonly serverId?: string | undefined;
  /** Name, topic, metadata and whatever else the application keeps with it. */
  readonly properties?: ChannelUpdates | undefined;
}

/** Everything that can be done to channels; what clients see of it goes out as the protocol's events. */
export interface ChannelService {
  /**
   * The channel with this id, created where there is none.
   * @throws WirepactError `CHANNEL_LIMIT_REACHED` where the store takes no more.
   */
  create(channel: NewChannel): Promise<Channel>;
  get(channelId: string): Promise<Channel | undefined>;
  /** The channel with this id. @throws WirepactError `CHANNEL_NOT_FOUND` */
  require(channelId: string): Promise<Channel>;
  /** From now on this agent answers in the channel. */
  addAgent(channelId: string, agentId: string): Promise<void>;
  /**
   * Sets the properties named, leaves the others, and emits `channelUpdated` with those named.
   * @throws WirepactError `CHANNEL_NOT_FOUND`, `INVALID_PAYLOAD`
   */
  update(channelId: string, updates: ChannelUpdates): Promise<Channel>;
  /** Deletes all messages and emits `channelCleared`. @throws WirepactError `CHANNEL_NOT_FOUND` */
  clear(channelId: string): Promise<Position>;
  /**
   * Deletes the channel with its messages, emits `channelDeleted`; nobody is in it afterwards.
   * @throws WirepactError `CHANNEL_NOT_FOUND`
   */
  delete(channelId: string): Promise<Position>;
}

const { channelUpdated } = protocol.serverToClient;

const notFound = (channelId: string) =>
  new WirepactError('CHANNEL_NOT_FOUND', `There is no channel ${channelId}.`);

export function createChannelService(
  store: Store,
  feed: ChannelFeed,
  broadcaster: Broadcaster<Protocol['serverToClient']>,
  onGone: (channelId: string) => void,
): ChannelService {
  return {
    create: ({ id, serverId = ZERO_UUID, properties = {} }) =>
      store.createChannel({ id, serverId, properties, agentIds: [], createdAt: Date.now() }),

    get: (channelId) => store.getChannel(channelId),

    async require(channelId) {
      const channel = await store.getChannel(channelId);
      if (!channel) throw notFound(channelId);
      return channel;
    },

    async addAgent(channelId, agentId) {
      await store.addAgent(channelId, agentId);
    },

    async update(channelId, updates) {
      // The caller may be the host's code, which no pipeline has checked.
      const error = findPayloadError(channelUpdated, { channelId, updates });
      if (error) throw await error;
      const channel = await store.updateChannel(channelId, updates);
      if (!channel) throw notFound(channelId);
      const { epoch, seq } = channel;
      feed.publish({ channelId, epoch }, { event: 'channelUpdated', seq, updates });
      return channel;
    },

    async clear(channelId) {
      const position = await store.clearMessages(channelId);
      if (!position) throw notFound(channelId);
      const { epoch, seq } = position;
      feed.publish({ channelId, epoch }, { event: 'channelCleared', seq });
      return position;
    },

    async delete(channelId) {
      const position = await store.deleteChannel(channelId);
      if (!position) throw notFound(channelId);
      // The journal ends with the channel: there is nothing left that could be caught up with.
      broadcaster.to(channelId).emit('channelDeleted', { channelId, ...position });
      broadcaster.dismiss(channelId);
      feed.end(channelId);
      onGone(channelId);
      return position;
    },
  };
}
