import type { Protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { RoomWire } from '../../runtime/channels/room-wire';
import { JournalFeed } from '../../runtime/feed/journal-feed';
import type { Broadcaster, Connection } from '../../runtime/ports/connection';
import type { Journal, Position } from '../../runtime/ports/journal';

import type { Peers } from '../../runtime/ports/peers';
import type { Tracing } from '../../runtime/ports/tracing';

import type { Presence } from '../../runtime/presence/presence';
import { isChannelId } from './channel-id';
import { createChannelWire } from './channel-wire';
import { type ThoughtGrants, toThoughtRoom } from './thought-grants';

type ChatEvents = Protocol['serverToClient'];

/** A connection that speaks the chat protocol. */
export type ChatConnection = Connection<ChatEvents>;

/** Serves the members of channels. */
export type ChannelFeed = JournalFeed<ChatConnection>;

/** What {@link createChannelFeed} needs. */
export interface ChannelFeedDeps {
  readonly journal: Journal;
  /** How the members of an extension's own rooms are told. */
  readonly rooms: RoomWire<ChatEvents>;
  readonly broadcaster: Broadcaster<ChatEvents>;
  readonly thoughts: ThoughtGrants<ChatConnection>;
  readonly tracing: Tracing | undefined;
  readonly logger: Logger;
  /** Told of whoever comes and goes. */
  readonly presence: { readonly [Part in 'joined' | 'left']: Presence<ChatEvents>[Part] };
  readonly peers: Pick<Peers, 'areReachable'>;
  /** Told that a channel is gone, whichever process deleted it. */
  readonly onGone: (channelId: string) => void;
}

/** Serves the members of channels, and of an extension's own rooms, from what a store keeps of them. */
export function createChannelFeed({
  journal,
  rooms,
  broadcaster,
  presence,
  thoughts,
  tracing,
  logger,
  peers,
  onGone,
}: ChannelFeedDeps): ChannelFeed {
  const channels = createChannelWire(broadcaster, thoughts);
  const wireOf = (roomId: string) => (isChannelId(roomId) ? channels : rooms.sender);
  return new JournalFeed<ChatConnection>({
    journal,
    tracing,
    sender: {
      toOne: channels.toOne,
      toRoom: (roomId, exceptIds, event, payload) => wireOf(roomId).toRoom(roomId, exceptIds, event, payload),
      join: (connection, roomId) => wireOf(roomId).join(connection, roomId),
      leave: (connection, roomId) => wireOf(roomId).leave(connection, roomId),
    },
    onEnd(channelId: string, position: Position) {
      if (!isChannelId(channelId)) {
        rooms.end(channelId, position);
        return;
      }
      broadcaster.toLocal(channelId).emit('channelDeleted', { channelId, ...position });
      broadcaster.dismiss(channelId);
      broadcaster.dismiss(toThoughtRoom(channelId));
      onGone(channelId);
    },
    onLive: (connection, channelId, actor) => presence.joined(connection, channelId, actor),
    onLeft: (connection, channelId) => presence.left(connection, channelId),
    onForeignWrite() {
      if (peers.areReachable) return;
      logger.warn(
        'another server process writes to this store: what is kept reaches the members of both; chunks of answers, `messageComplete` and what `to(channelId)` emits reach only the clients of the process that emits it, unless the option `scaleOut` joins the processes, or an adapter of your Socket.IO server does',
      );
    },
  });
}
