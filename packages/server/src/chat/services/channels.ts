import { findPayloadError, WirepactError } from '@wirepact/contract/runtime';
import { type ChannelUpdates, type Position, protocol, ZERO_UUID } from '@wirepact/protocol';
import { checkCall } from '../../runtime/call-checks';
import { createKicks, type KickReason } from '../../runtime/channels/kicks';
import { copyJson } from '../../runtime/json-copy';
import type { Check } from '../../runtime/option-checks';
import type { Peers } from '../../runtime/ports/peers';
import type { Channel, Store } from '../ports/store';
import type { ChannelFeed, ChatConnection } from './channel-feed';
import { toChannelId } from './channel-id';

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
   * @throws WirepactError `INVALID_OPTIONS`, `INVALID_PAYLOAD`, `INVALID_UUID`, `PROPERTIES_TOO_LARGE`; `CHANNEL_LIMIT_REACHED` where the
   * store takes no more.
   */
  create(channel: NewChannel): Promise<Channel>;
  /** As {@link create}, as long as there are fewer than `maxChannels`. @throws WirepactError `CHANNEL_LIMIT_REACHED` */
  createWithin(maxChannels: number, channel: NewChannel): Promise<Channel>;
  get(channelId: string): Promise<Channel | undefined>;
  /** The channel with this id. @throws WirepactError `CHANNEL_NOT_FOUND` */
  require(channelId: string): Promise<Channel>;
  /** From now on this agent answers in the channel. @throws WirepactError `CHANNEL_LIMIT_REACHED` where it has as many as it may. */
  addAgent(channelId: string, agentId: string): Promise<void>;
  /**
   * Sets the properties named, leaves the others, and emits `channelUpdated` with those named.
   * @throws WirepactError `CHANNEL_NOT_FOUND`, `INVALID_PAYLOAD`, `PROPERTIES_TOO_LARGE`
   */
  update(channelId: string, updates: ChannelUpdates): Promise<Channel>;
  /** Deletes all messages and emits `channelCleared`. @throws WirepactError `CHANNEL_NOT_FOUND` */
  clear(channelId: string): Promise<Position>;
  /**
   * Deletes the channel with its messages, emits `channelDeleted`; nobody is in it afterwards.
   * @throws WirepactError `CHANNEL_NOT_FOUND`
   */
  delete(channelId: string): Promise<Position>;
  /**
   * Takes an entity out of a channel: its connections get `channel_left` and no further event of the channel. It may join
   * again, unless `authorize` says otherwise. Answers with how many connections to this process that were; other processes
   * are told where `scaleOut`, or an adapter, joins them, and can be reached now.
   * @throws WirepactError `INVALID_OPTIONS`
   */
  remove(channelId: string, entityId: string): number;
  /**
   * Asks `authorize` about `join_channel` again for every connection that is in the channel, and takes out those that may not
   * be in it any more, who get `channel_left`. Answers with how many to this process that were; others are told as of
   * `remove`.
   */
  recheck(channelId: string): Promise<number>;
}

const { join_channel } = protocol.clientToServer;
const { channelUpdated } = protocol.serverToClient;

const notFound = (channelId: string) =>
  new WirepactError('CHANNEL_NOT_FOUND', `There is no channel ${channelId}.`);

/** What {@link createChannelService} needs. */
export interface ChannelServiceDeps {
  readonly store: Store;
  readonly feed: ChannelFeed;
  readonly peers: Peers;
  /** Whether a connection may still be in a channel it has joined. */
  readonly mayStillBeIn: (connection: ChatConnection, channelId: string) => Promise<boolean>;
}

type ChannelReads = Pick<ChannelService, 'create' | 'createWithin' | 'get' | 'require' | 'addAgent'>;
type ChannelChanges = Pick<ChannelService, 'update' | 'clear' | 'delete'>;
type ChannelMembers = Pick<ChannelService, 'remove' | 'recheck'>;

/** What the properties are, the contract says. */
const asTheContractSays: Check = () => undefined;
const NEW_CHANNEL_CHECKS: Readonly<Record<keyof NewChannel, Check>> = {
  id: asTheContractSays,
  serverId: asTheContractSays,
  properties: asTheContractSays,
};

/** Finds channels, and makes those that are not there. */
function createChannelReads(store: Store): ChannelReads {
  const create = async (given: NewChannel): Promise<Channel> => {
    checkCall('channels.create', given, NEW_CHANNEL_CHECKS);
    const { id, serverId = ZERO_UUID, properties = {} } = given;
    const channelId = toChannelId(String(id));
    // The caller may be the host's code, which no pipeline has checked.
    const error =
      findPayloadError(join_channel, { channelId, serverId }) ??
      findPayloadError(channelUpdated, { channelId, updates: properties });
    if (error) throw await error;
    const agentIds: string[] = [];
    const channel = {
      id: channelId,
      serverId,
      properties: copyJson(properties),
      agentIds,
      createdAt: Date.now(),
    };
    return store.createChannel(channel);
  };
  const get = async (channelId: string) => store.getChannel(toChannelId(channelId));

  return {
    create,
    get,

    async createWithin(maxChannels, channel) {
      checkCall('channels.createWithin', channel, NEW_CHANNEL_CHECKS);
      const known = await get(channel.id);
      if (known) return known;
      if ((await store.countChannels(maxChannels)) < maxChannels) return create(channel);
      throw new WirepactError(
        'CHANNEL_LIMIT_REACHED',
        `This server keeps ${maxChannels} channels already; joins create no more (\`maxChannels\`).`,
        { retryable: true },
      );
    },

    async require(channelId) {
      const channel = await get(channelId);
      if (!channel) throw notFound(channelId);
      return channel;
    },

    async addAgent(channelId, agentId) {
      const isAdded = await store.addAgent(toChannelId(channelId), toChannelId(agentId));
      if (isAdded !== false) return;
      throw new WirepactError(
        'CHANNEL_LIMIT_REACHED',
        `Channel ${channelId} has as many agents as it may: join without \`agentId\`, or with one it has.`,
      );
    },
  };
}

/** Changes channels, and tells their members. */
function createChannelChanges(store: Store, feed: ChannelFeed): ChannelChanges {
  return {
    async update(givenId, given) {
      const channelId = toChannelId(givenId);
      const error = findPayloadError(channelUpdated, { channelId, updates: given });
      if (error) throw await error;
      const updates = copyJson(given);
      const channel = await feed.write({ roomId: channelId }, () => store.updateChannel(channelId, updates));
      if (!channel) throw notFound(channelId);
      const { epoch, seq } = channel;
      const payload = { channelId, updates, epoch, seq };
      await feed.publish(channelId, epoch, { seq, event: 'channelUpdated', payload });
      return channel;
    },

    async clear(givenId) {
      const channelId = toChannelId(givenId);
      const position = await feed.write({ roomId: channelId }, () => store.clearMessages(channelId));
      if (!position) throw notFound(channelId);
      const { epoch, seq } = position;
      const payload = { channelId, epoch, seq };
      await feed.publish(channelId, epoch, { seq, event: 'channelCleared', payload });
      return position;
    },

    async delete(givenId) {
      const channelId = toChannelId(givenId);
      const position = await feed.write({ roomId: channelId }, () => store.deleteChannel(channelId));
      if (!position) throw notFound(channelId);
      // The journal ends with the channel: there is nothing left that could be caught up with.
      feed.end(channelId, position);
      return position;
    },
  };
}

/** What a member is told that was taken out. */
const KICK_MESSAGES: Readonly<Record<KickReason, string>> = {
  REMOVED: 'You were removed from this channel.',
  FORBIDDEN: 'You may not be in this channel any more.',
};

/** Takes members out of channels. */
function createChannelMembers(deps: Omit<ChannelServiceDeps, 'store'>): ChannelMembers {
  const kicks = createKicks<ChatConnection>({
    ...deps,
    of: 'channels',
    tell: (connection, channelId, reason) =>
      connection.emit('channel_left', { channelId, reason, message: KICK_MESSAGES[reason] }),
  });
  return {
    remove: (channelId, entityId) => kicks.remove(toChannelId(channelId), entityId),
    recheck: (channelId) => kicks.recheck(toChannelId(channelId)),
  };
}

/** Everything that can be done to channels, for the host and for handlers. */
export const createChannelService = ({ store, ...rest }: ChannelServiceDeps): ChannelService => ({
  ...createChannelReads(store),
  ...createChannelChanges(store, rest.feed),
  ...createChannelMembers(rest),
});
