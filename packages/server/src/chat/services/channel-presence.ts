import type { Contract, PresenceChange } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Broadcaster } from '../../runtime/ports/connection';
import { emitByName } from '../../runtime/ports/emitter';
import { Presence, type PresenceParts, presenceSchemaOf } from '../../runtime/presence/presence';
import type { ChannelFeed } from './channel-feed';

type ChatEvents = Protocol['serverToClient'];

/** Tells the members of channels who else is there. */
export type ChannelPresence = Presence<ChatEvents>;

/** What {@link createChannelPresence} needs. */
export interface ChannelPresenceDeps extends PresenceParts {
  /** The chat's, or one that extends it, and what members do. */
  readonly contract: Contract;
  readonly broadcaster: Broadcaster<ChatEvents>;
  /** Who is where: asked for once somebody wants to know. */
  readonly feed: () => Pick<ChannelFeed, 'membersOf' | 'isMember'>;
}

/** Tells the members of channels who else is there, as the chat's own event. */
export const createChannelPresence = ({
  contract,
  broadcaster,
  feed,
  ...parts
}: ChannelPresenceDeps): ChannelPresence =>
  new Presence<ChatEvents>({
    ...parts,
    membersOf: (channelId) => feed().membersOf(channelId),
    isMember: (connection, channelId) => feed().isMember(connection, channelId),
    schemaOf: () => presenceSchemaOf(contract, 'channel'),
    tell: (to, channelId, change: PresenceChange) =>
      emitByName(to, 'presence_changed', { channelId, ...change }),
    broadcaster,
  });
