import type { Contract } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { toRoom } from '../../runtime/channels/channel-address';
import type { RoomWire } from '../../runtime/channels/room-wire';
import type { Broadcaster } from '../../runtime/ports/connection';
import { emitByName } from '../../runtime/ports/emitter';
import type { Peers } from '../../runtime/ports/peers';
import { Presence, type PresenceParts, presenceSchemaOf } from '../../runtime/presence/presence';
import type { ChannelFeed } from './channel-feed';
import { isChannelId } from './channel-id';

type ChatEvents = Protocol['serverToClient'];

/** Tells the members of channels who else is there. */
export type ChannelPresence = Presence<ChatEvents>;

/** What {@link createChannelPresence} needs. */
export interface ChannelPresenceDeps extends PresenceParts {
  /** The chat's, or one that extends it, and what members do. */
  readonly contract: Contract;
  /** How the members of an extension's own rooms are told. */
  readonly rooms: Pick<RoomWire<ChatEvents>, 'tellPresence'>;
  readonly broadcaster: Broadcaster<ChatEvents>;
  readonly peers: Peers;
  /** Who is where: asked for once somebody wants to know. */
  readonly feed: () => Pick<ChannelFeed, 'membersOf' | 'isMember'>;
}

/** Tells the members of channels who else is there, by the chat's own event, and those of an extension's own rooms. */
export const createChannelPresence = ({
  contract,
  rooms,
  feed,
  ...parts
}: ChannelPresenceDeps): ChannelPresence =>
  new Presence<ChatEvents>({
    ...parts,
    membersOf: (channelId) => feed().membersOf(channelId),
    isMember: (connection, channelId) => feed().isMember(connection, channelId),
    schemaOf: (roomId) => presenceSchemaOf(contract, isChannelId(roomId) ? 'channel' : toRoom(roomId).name),
    tell(to, roomId, change) {
      if (isChannelId(roomId)) emitByName(to, 'presence_changed', { channelId: roomId, ...change });
      else rooms.tellPresence(to, roomId, change);
    },
  });
