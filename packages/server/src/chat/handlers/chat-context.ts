import type { EventRegistry, Handler } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { PacedReads } from '../../runtime/channels/paced-reads';
import type { Agent } from '../ports/agent';
import type { Connection } from '../ports/connection';
import type { AgentTurns } from '../services/agent-turns';
import type { ChannelFeed, ChatConnection } from '../services/channel-feed';
import type { ChannelLookups } from '../services/channel-lookups';
import type { ChannelPresence } from '../services/channel-presence';
import type { ChannelService } from '../services/channels';
import type { LogService } from '../services/logs';
import type { MessageService, PostSent } from '../services/messages';
import type { RemoteAnswers } from '../services/remote-answers';
import type { ThoughtGrants } from '../services/thought-grants';

/** What the chat's handlers can do, whoever is connected. */
export interface ChatServices {
  readonly channels: ChannelService;
  readonly messages: MessageService;
  /** For `send_message` alone: what it is given is not looked at again. */
  readonly postSent: PostSent;
  readonly feed: ChannelFeed;
  readonly presence: ChannelPresence;
  readonly logs: LogService;
  /** For joins, leaves and pages of history. */
  readonly read: PacedReads;
  /** For what is sent right after a join, without waiting for it. */
  readonly lookups: ChannelLookups;
  /** Whether somebody may join a channel now. @throws WirepactError where the host has not said it. */
  readonly mayJoin: (connection: ChatConnection, channelId: string) => Promise<boolean>;
  readonly agents: readonly Agent[];
  readonly agentTurns: AgentTurns;
  /** Of agents that are clients. */
  readonly remoteAnswers: RemoteAnswers;
  /** Who may read what agents think. */
  readonly thoughts: ThoughtGrants<ChatConnection>;
  /** How many channels there may be for a join to create the channel it names; 0 where joins create none. */
  readonly maxChannels: number;
  /** In how many channels a connection may be. */
  readonly maxChannelsPerConnection: number;
}

/** What a handler is given beside the payload. */
export interface ChatContext<Events extends EventRegistry = Protocol['serverToClient']> {
  /** Whoever sent the event. */
  readonly connection: Connection<Events>;
  readonly services: ChatServices;
}

/** The handler of one event of the chat protocol. */
export type ChatHandler<Name extends keyof Protocol['clientToServer']> = Handler<Protocol, ChatContext, Name>;
