import type { PayloadOf } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { ELIZAOS } from '../ports/elizaos-name';
import type { ChatContext } from './chat-context';

type SendPayload = PayloadOf<Protocol['clientToServer']['send_message']>;

async function create({ connection, services }: ChatContext, channelId: string, payload: SendPayload) {
  const { channels, maxChannels } = services;
  if (await channels.get(channelId)) return;
  // Who may not join it is told that there is none.
  if (!(await services.mayJoin(connection, channelId))) return;
  const { serverId, metadata } = payload;
  const isDm = metadata?.isDm === true || metadata?.channelType === 'DM';
  const name = `${isDm ? 'DM' : 'Chat'} ${channelId.slice(0, 8)}`;
  await channels.createWithin(maxChannels, { id: channelId, serverId, properties: { name, metadata } });
}

/**
 * Creates the channel of a message where a join would: clients of ElizaOS send without. `undefined` where nothing has to be
 * waited for; other sends of the connection to the channel wait for the same, and keep their order.
 */
export function createOnSend(
  context: ChatContext,
  channelId: string,
  payload: SendPayload,
): Promise<void> | undefined {
  const { connection, services } = context;
  if (connection.dialect !== ELIZAOS || services.maxChannels === 0) return undefined;
  if (services.feed.isMember(connection, channelId)) return undefined;
  return services.lookups.during(connection, channelId, create(context, channelId, payload));
}
