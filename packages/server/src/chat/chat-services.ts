import { randomUUID } from 'node:crypto';
import { type Contract, SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { createPacedReads } from '../runtime/channels/paced-reads';
import { createRoomWire } from '../runtime/channels/room-wire';
import type { Broadcaster } from '../runtime/ports/connection';
import type { Journal } from '../runtime/ports/journal';
import type { ServerMeter } from '../runtime/ports/metrics';
import type { Peers } from '../runtime/ports/peers';
import type { Tracing } from '../runtime/ports/tracing';
import type { PresenceParts } from '../runtime/presence/presence';
import type { ChatServices } from './handlers/chat-context';
import type { Logging } from './logs/logger';
import { toThoughtPermission } from './may-read-thoughts';
import type { ChatNumbers, ChatServerOptions } from './options';
import type { Store } from './ports/store';
import { type AgentTurns, type AgentTurnsOptions, createAgentTurns } from './services/agent-turns';
import { type ChannelFeed, createChannelFeed } from './services/channel-feed';
import { ChannelLookups } from './services/channel-lookups';
import { createChannelPresence } from './services/channel-presence';
import { type ChannelServiceDeps, createChannelService } from './services/channels';
import { ChunkWire } from './services/chunk-wire';
import { createLogService } from './services/logs';
import { createMessageIds } from './services/message-id';
import {
  createMessageService,
  createPostAnswer,
  createPostSent,
  type MessageDeps,
} from './services/messages';
import { RemoteAnswers } from './services/remote-answers';
import { ThoughtGrants } from './services/thought-grants';
import type { ChannelLife } from './services/turn';
import { TurnEnds } from './services/turn-ends';

/** What the services of a chat server are made of, beside its options. */
export interface ChatServicesDeps extends Pick<ChannelServiceDeps, 'mayStillBeIn'> {
  readonly contract: Contract;
  readonly presenceParts: PresenceParts;
  readonly journal: Journal;
  readonly store: Store;
  readonly broadcaster: Broadcaster<Protocol['serverToClient']>;
  readonly peers: Peers;
  readonly logging: Logging;
  /** How long the host's hooks may take, in milliseconds. */
  readonly hookTimeoutMs: number;
  /** Told of what happens; `undefined` where nobody measures it. */
  readonly meter: ServerMeter | undefined;
  /** Follows what events cause; `undefined` where nobody does. */
  readonly tracing: Tracing | undefined;
}

type Options = Pick<ChatServerOptions, 'agents' | 'authorize' | 'channelCreation' | 'mayReadThoughts'>;

/** What agents answer with. */
function createTurns(
  { agents, isWatching }: Pick<AgentTurnsOptions, 'agents' | 'isWatching'>,
  { agentTimeoutMs: timeoutMs, maxAgentTurns: maxTurns, maxWaitingTurns }: ChatNumbers,
  parts: MessageDeps &
    Pick<ChatServicesDeps, 'broadcaster' | 'peers' | 'meter'> &
    Pick<ChatServices, 'messages' | 'thoughts'>,
): AgentTurns {
  const { store, meter, logger, createId, messages } = parts;
  const owner = randomUUID();
  const { turns } = store;
  const wire = new ChunkWire(parts);
  const ends = new TurnEnds({ turns, owner, postAnswer: createPostAnswer(parts), wire });
  const find = async ({ channelId, epoch }: ChannelLife) => {
    const channel = await store.getChannel(channelId);
    return channel?.epoch === epoch ? channel : undefined;
  };
  return createAgentTurns({
    agents,
    isWatching,
    messages,
    turns,
    owner,
    ends,
    createId,
    wire,
    namedAgents: async (life) => (await find(life))?.agentIds,
    isThere: async (life) => (await find(life)) !== undefined,
    meter,
    logger,
    timeoutMs,
    maxTurns,
    maxWaitingTurns,
  });
}

/** Wires the services of a chat server. */
export function createChatServices(
  { agents = [], authorize, channelCreation, mayReadThoughts }: Options,
  numbers: ChatNumbers,
  deps: ChatServicesDeps,
): ChatServices {
  const {
    contract,
    presenceParts,
    journal,
    store,
    broadcaster,
    peers,
    logging,
    mayStillBeIn,
    meter,
    tracing,
  } = deps;
  const { maxChannels, maxChannelsPerConnection } = numbers;
  const { logger, logStream } = logging;
  const onGone = (channelId: string) => agentTurns.stop(channelId);
  const rooms = createRoomWire(broadcaster, SESSION_NAMES);
  const presence = createChannelPresence({
    contract,
    rooms,
    broadcaster,
    peers,
    feed: () => feed,
    ...presenceParts,
  });
  const thoughts = new ThoughtGrants(
    mayReadThoughts && toThoughtPermission(mayReadThoughts, deps.hookTimeoutMs, logger),
  );
  const wires = { rooms, broadcaster, thoughts, presence };
  const feed: ChannelFeed = createChannelFeed({ journal, ...wires, peers, tracing, logger, onGone });
  const messageDeps = { store, feed, logger, createId: createMessageIds() };
  const messages = createMessageService(messageDeps);
  const parts = { ...messageDeps, broadcaster, peers, messages, thoughts, meter };
  // Without `authorize` no client may answer as an agent.
  const isWatching = agents.length > 0 || authorize !== undefined;
  const agentTurns = createTurns({ agents, isWatching }, numbers, parts);
  return {
    channels: createChannelService({ store, feed, peers, mayStillBeIn }),
    messages,
    postSent: createPostSent(messageDeps),
    feed,
    presence,
    logs: createLogService(logStream),
    read: createPacedReads(),
    lookups: new ChannelLookups(),
    mayJoin: mayStillBeIn,
    agents,
    agentTurns,
    remoteAnswers: new RemoteAnswers({ turns: agentTurns, feed }),
    thoughts,
    maxChannels: channelCreation === 'explicit' ? 0 : maxChannels,
    maxChannelsPerConnection,
  };
}
