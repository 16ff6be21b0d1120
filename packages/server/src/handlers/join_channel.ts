import { WirepactError } from '@wirepact/contract';
import type { ChatContext, ChatHandler, ChatServices } from './chat-context';

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

/** Adds the sender to a channel, which is created first where the server creates channels on join. */
export const join_channel: ChatHandler<'join_channel'> = async (context, payload) => {
  const { connection, services } = context;
  const { serverId, metadata } = payload;
  const id = payload.channelId ?? payload.roomId;
  const agentId = chooseAgent(context, payload.agentId);
  await (services.createsChannels
    ? services.channels.create({ id, serverId, properties: metadata && { metadata } })
    : services.channels.require(id));
  if (agentId !== undefined) await services.channels.addAgent(id, agentId);
  connection.join(id);
  const agent = agentId === undefined ? {} : { agentId };
  const joined = { message: `Successfully joined channel ${id}.`, channelId: id, roomId: id, ...agent };
  connection.emit('channel_joined', joined);
  connection.emit('room_joined', joined);
  return { channelId: id, ...agent };
};
