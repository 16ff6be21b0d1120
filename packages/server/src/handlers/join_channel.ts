import { type PayloadOf, WirepactError } from '@wirepact/contract/runtime';
import type { Position, Protocol } from '@wirepact/protocol';
import type { Channel } from '../ports/store';
import type { ChannelFeed, Newcomer } from '../services/channel-feed';
import type { ChatContext, ChatHandler, ChatServices } from './chat-context';

type JoinChannel = Protocol['clientToServer']['join_channel'];

/** A server without agents takes the id as given: the agent may live elsewhere. */
const isKnownAgent = ({ agents }: ChatServices, agentId: string) =>
  agents.length === 0 || agents.some(({ id }) => id === agentId);

/** The agent that takes part: the one named in the join, else the one of the handshake if it is one of ours. */
function chooseAgent({ connection, services }: ChatContext, named: string | undefined): string | undefined {
  if (named === undefined) {
    return services.agents.find(({ id }) => id === connection.agentId)?.id;
  }
  if (isKnownAgent(services, named)) return named;
  throw new WirepactError('AGENT_NOT_FOUND', `This server has no agent ${named}.`);
}

/** The channel to join: created where the server creates channels on join, unless the sender was in it before. */
function findChannel({ services }: ChatContext, payload: PayloadOf<JoinChannel>): Promise<Channel> {
  const id = payload.channelId ?? payload.roomId;
  if (payload.resume || !services.createsChannels) return services.channels.require(id);
  const { serverId, metadata } = payload;
  return services.channels.create({ id, serverId, properties: metadata && { metadata } });
}

/** Makes the sender a member from `resume` on, or from now on where that is not possible or not asked. */
async function enter(
  feed: ChannelFeed,
  newcomer: Newcomer,
  { id, epoch, seq }: Channel,
  resume: Position | undefined,
): Promise<Position & { recovered?: boolean }> {
  const recovered = resume && (await feed.catchUp(newcomer, id, resume));
  if (recovered) return { ...recovered, recovered: true };
  const outcome = resume ? { recovered: false } : {};
  if (newcomer.connection.isIn(id)) {
    // It was a member before: what happened since the channel was looked up, it has been sent.
    newcomer.announce();
    return { epoch, seq, ...outcome };
  }
  const position = await feed.catchUp(newcomer, id, { epoch, seq });
  if (!position) throw new WirepactError('CHANNEL_NOT_FOUND', `Channel ${id} was deleted just now.`);
  return { ...position, ...outcome };
}

/** Calls `action` the first time only. */
const once = (action: () => void) => {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
};

async function join(context: ChatContext, payload: PayloadOf<JoinChannel>, agentId: string | undefined) {
  const { connection, services } = context;
  const channel = await findChannel(context, payload);
  const { id } = channel;
  if (agentId !== undefined) await services.channels.addAgent(id, agentId);
  const agent = agentId === undefined ? {} : { agentId };
  const announce = once(() => {
    const joined = { message: `Successfully joined channel ${id}.`, channelId: id, roomId: id, ...agent };
    connection.emit('channel_joined', joined);
    connection.emit('room_joined', joined);
  });
  const newcomer = { connection, entityId: connection.identity?.entityId ?? payload.entityId, announce };
  const position = await enter(services.feed, newcomer, channel, payload.resume);
  // Read as a member: whatever changes them after this is sent as an event.
  const { properties } = await services.channels.require(id);
  return { channelId: id, ...agent, ...position, properties };
}

/** Adds the sender to a channel and sends it what it missed. */
export const join_channel: ChatHandler<'join_channel'> = (context, payload) => {
  const agentId = chooseAgent(context, payload.agentId);
  const channelId = payload.channelId ?? payload.roomId;
  return context.services.feed.inTurn(context.connection, channelId, () => join(context, payload, agentId));
};
