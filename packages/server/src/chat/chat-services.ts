import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { createPacedReads } from '../runtime/channels/paced-reads';
import { createRoomWire } from '../runtime/channels/room-wire';
import type { Broadcaster } from '../runtime/ports/connection';
import type { Journal } from '../runtime/ports/journal';
import type { ChatServices } from './handlers/chat-context';
import type { Logging } from './logs/logger';
import type { ChatNumbers, ChatServerOptions } from './options';
import type { Store } from './ports/store';
import { createAgentTurns } from './services/agent-turns';
import { createChannelFeed } from './services/channel-feed';
import { ChannelLookups } from './services/channel-lookups';
import { type ChannelServiceDeps, createChannelService } from './services/channels';
import { createLogService } from './services/logs';
import { createMessageService } from './services/messages';

/** What the services of a chat server are made of, beside its options. */
export interface ChatServicesDeps extends Pick<ChannelServiceDeps, 'mayStillBeIn'> {
  readonly journal: Journal;
  readonly store: Store;
  readonly broadcaster: Broadcaster<Protocol['serverToClient']>;
  readonly logging: Logging;
}

/** Wires the services of a chat server. */
export function createChatServices(
  { agents = [], channelCreation }: Pick<ChatServerOptions, 'agents' | 'channelCreation'>,
  numbers: ChatNumbers,
  { journal, store, broadcaster, logging, mayStillBeIn }: ChatServicesDeps,
): ChatServices {
  const { agentTimeoutMs: timeoutMs, maxChannels, maxChannelsPerConnection } = numbers;
  const { logger, logStream } = logging;
  const onGone = (channelId: string) => agentTurns.stop(channelId);
  const rooms = createRoomWire(broadcaster, SESSION_NAMES);
  const feed = createChannelFeed({ journal, rooms, broadcaster, logger, onGone });
  const messages = createMessageService(store, feed, logger);
  const namedAgents = async (channelId: string) => (await store.getChannel(channelId))?.agentIds ?? [];
  const agentTurns = createAgentTurns({ agents, messages, namedAgents, broadcaster, timeoutMs, logger });
  return {
    channels: createChannelService({ store, feed, mayStillBeIn }),
    messages,
    feed,
    logs: createLogService(logStream),
    read: createPacedReads(),
    lookups: new ChannelLookups(),
    agents,
    agentTurns,
    maxChannels: channelCreation === 'explicit' ? 0 : maxChannels,
    maxChannelsPerConnection,
  };
}
