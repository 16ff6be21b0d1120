import { type PayloadOf, WirepactError } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Channel } from '../ports/store';
import { toChannelId } from '../services/channel-id';
import type { ChatContext, ChatHandler, ChatServices } from './chat-context';

type JoinPayload = PayloadOf<Protocol['clientToServer']['join_channel']>;

/** A server without agents takes the id as given: the agent may live elsewhere. */
const isKnownAgent = ({ agents }: ChatServices, agentId: string) =>
  agents.length === 0 || agents.some(({ id }) => toChannelId(id) === agentId);

/** The agent that takes part: the one named in the join, else the one of the handshake if it is one of ours. */
function chooseAgent({ connection, services }: ChatContext, named: string | undefined): string | undefined {
  if (named === undefined) {
    return services.agents.find(({ id }) => id === connection.agentId)?.id;
  }
  if (isKnownAgent(services, toChannelId(named))) return named;
  throw new WirepactError('AGENT_NOT_FOUND', `This server has no agent ${named}.`);
}

/** @throws WirepactError `TOO_MANY_CHANNELS` where the sender is in as many channels as it may be. */
function requireRoom({ connection, services }: ChatContext, channelId: string): void {
  const { feed, maxChannelsPerConnection: max } = services;
  if (feed.isMember(connection, channelId) || feed.countRooms(connection) < max) return;
  throw new WirepactError(
    'TOO_MANY_CHANNELS',
    `This connection is in ${max} channels already: leave one before joining another.`,
  );
}

/** The channel to join: created where the server creates channels on join, unless the sender was in it before. */
function findChannel({ services }: ChatContext, id: string, payload: JoinPayload): Promise<Channel> {
  if (payload.resume || services.maxChannels === 0) return services.channels.require(id);
  const { serverId, metadata } = payload;
  const channel = { id, serverId, properties: metadata && { metadata } };
  return services.channels.createWithin(services.maxChannels, channel);
}

/** Calls `action` the first time only. */
const once = (action: () => void) => {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
};

async function join(context: ChatContext, channelId: string, payload: JoinPayload, onFound: () => void) {
  const { connection, services } = context;
  const agentId = chooseAgent(context, payload.agentId);
  requireRoom(context, channelId);
  const agent = agentId === undefined ? {} : { agentId };
  const entering = {
    connection,
    actor: connection.identity?.entityId ?? payload.entityId,
    async find() {
      const { epoch, seq } = await findChannel(context, channelId, payload);
      if (agentId !== undefined) await services.channels.addAgent(channelId, agentId);
      await services.thoughts.decide(connection, channelId);
      // What is sent meanwhile waits for a join, but not until all that was missed has been read.
      if (payload.resume) onFound();
      return { epoch, seq };
    },
    onEntering: once(() => {
      const message = `Successfully joined channel ${channelId}.`;
      const joined = { message, channelId, roomId: channelId, ...agent };
      connection.emit('channel_joined', joined);
      connection.emit('room_joined', joined);
    }),
  };
  const entered = await services.feed.enter(entering, channelId, payload.resume);
  if (!entered) throw new WirepactError('CHANNEL_NOT_FOUND', `Channel ${channelId} was deleted just now.`);
  // Read as a member: whatever changes them after this is sent as an event.
  const { properties } = await services.channels.require(channelId);
  const { recovered, ...position } = entered;
  const streams = await services.agentTurns.streamsIn({ channelId, epoch: entered.epoch }, connection);
  return {
    channelId,
    ...agent,
    ...position,
    ...(payload.resume && { recovered }),
    properties,
    ...(streams.length > 0 && { streams }),
  };
}

/** As {@link join}, of who is not in the channel: whose join is refused is not in it either. */
async function joinAnew(context: ChatContext, channelId: string, ...how: [JoinPayload, () => void]) {
  const { connection, services } = context;
  try {
    return await join(context, channelId, ...how);
  } catch (cause) {
    services.feed.leave(connection, channelId);
    throw cause;
  }
}

/** Adds the sender to a channel and sends it what it missed. */
export const join_channel: ChatHandler<'join_channel'> = (context, payload) => {
  const { connection, services } = context;
  const channelId = toChannelId(payload.channelId ?? payload.roomId);
  const onFound = services.lookups.begin(connection, channelId);
  const enter = () => {
    // Who is in it already hears what is said.
    if (services.feed.isMember(connection, channelId)) return join(context, channelId, payload, onFound);
    const anew = () => joinAnew(context, channelId, payload, onFound);
    return services.agentTurns.joining(connection, channelId, anew);
  };
  return services.read(connection, enter).finally(onFound);
};
