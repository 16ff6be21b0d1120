import type { Contract } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { createPacedReads } from '../runtime/channels/paced-reads';
import type { Broadcaster } from '../runtime/ports/connection';
import type { PresenceParts } from '../runtime/presence/presence';
import type { ChatServices } from './handlers/chat-context';
import type { Logging } from './logs/logger';
import type { ChatNumbers, ChatServerOptions } from './options';
import type { Store } from './ports/store';
import { createAgentTurns } from './services/agent-turns';
import { type ChannelFeed, createChannelFeed } from './services/channel-feed';
import { ChannelLookups } from './services/channel-lookups';
import { createChannelPresence } from './services/channel-presence';
import { type ChannelServiceDeps, createChannelService } from './services/channels';
import { createLogService } from './services/logs';
import { createMessageService } from './services/messages';

/** What the services of a chat server are made of, beside its options. */
export interface ChatServicesDeps extends Pick<ChannelServiceDeps, 'mayStillBeIn'> {
  readonly contract: Contract;
  readonly presenceParts: PresenceParts;
  readonly store: Store;
  readonly broadcaster: Broadcaster<Protocol['serverToClient']>;
  readonly logging: Logging;
}

/** Wires the services of a chat server. */
export function createChatServices(
  { agents = [], channelCreation }: Pick<ChatServerOptions, 'agents' | 'channelCreation'>,
  numbers: ChatNumbers,
  { contract, presenceParts, store, broadcaster, logging, mayStillBeIn }: ChatServicesDeps,
): ChatServices {
  const { agentTimeoutMs: timeoutMs, maxChannels, maxChannelsPerConnection } = numbers;
  const { logger, logStream } = logging;
  const onGone = (channelId: string) => agentTurns.stop(channelId);
  const presence = createChannelPresence({ contract, broadcaster, feed: () => feed, ...presenceParts });
  const feed: ChannelFeed = createChannelFeed({ contract, store, broadcaster, presence, logger, onGone });
  const messages = createMessageService(store, feed, logger);
  const namedAgents = async (channelId: string) => (await store.getChannel(channelId))?.agentIds ?? [];
  const agentTurns = createAgentTurns({ agents, messages, namedAgents, broadcaster, timeoutMs, logger });
  return {
    channels: createChannelService({ store, feed, mayStillBeIn }),
    messages,
    feed,
    presence,
    logs: createLogService(logStream),
    read: createPacedReads(),
    lookups: new ChannelLookups(),
    agents,
    agentTurns,
    maxChannels: channelCreation === 'explicit' ? 0 : maxChannels,
    maxChannelsPerConnection,
  };
}
