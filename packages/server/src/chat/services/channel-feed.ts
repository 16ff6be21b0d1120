import type { Contract } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { createStoreJournal } from '../../runtime/channels/store-journal';
import { JournalFeed } from '../../runtime/feed/journal-feed';
import type { Broadcaster } from '../../runtime/ports/connection';
import type { Position } from '../../runtime/ports/journal';
import type { Presence } from '../../runtime/presence/presence';
import type { Connection } from '../ports/connection';
import type { Store } from '../ports/store';
import { toEntry } from './channel-entry';

type ChatEvents = Protocol['serverToClient'];

/** A connection that speaks the chat protocol. */
export type ChatConnection = Connection<ChatEvents>;

/** Serves the members of channels. */
export type ChannelFeed = JournalFeed<ChatConnection>;

/** What {@link createChannelFeed} needs. */
export interface ChannelFeedDeps {
  /** The chat's, or one that extends it. */
  readonly contract: Pick<Contract, 'serverToClient'>;
  readonly store: Store;
  readonly broadcaster: Broadcaster<ChatEvents>;
  readonly logger: Logger;
  /** Told of whoever comes and goes. */
  readonly presence: { readonly [Part in 'joined' | 'left']: Presence<ChatEvents>[Part] };
  /** Told that a channel is gone, whichever process deleted it. */
  readonly onGone: (channelId: string) => void;
}

/** Emits an event that is only known by its name. */
type Emit = (event: string, payload: object) => void;

/** Serves the members of channels from what a store keeps of them. */
export function createChannelFeed({
  contract,
  store,
  broadcaster,
  presence,
  logger,
  onGone,
}: ChannelFeedDeps): ChannelFeed {
  // What the journal gives was checked against the schema of the event it is named after, which no type can follow.
  const untyped = (target: { emit: unknown }) => target.emit as Emit;
  return new JournalFeed<ChatConnection>({
    journal: createStoreJournal({
      store,
      contract,
      toEntry: (...stored) => toEntry(contract, ...stored),
      logger,
    }),
    sender: {
      toOne: (connection, event, payload) => untyped(connection)(event, payload),
      toRoom: (channelId, exceptIds, event, payload) =>
        untyped(broadcaster.toLocal(channelId, exceptIds))(event, payload),
      join: (connection, channelId) => connection.join(channelId),
      leave: (connection, channelId) => connection.leave(channelId),
    },
    onEnd(channelId: string, position: Position) {
      broadcaster.toLocal(channelId).emit('channelDeleted', { channelId, ...position });
      broadcaster.dismiss(channelId);
      onGone(channelId);
    },
    onLive: (connection, channelId, actor) => presence.joined(connection, channelId, actor),
    onLeft: (connection, channelId) => presence.left(connection, channelId),
    onForeignWrite: () =>
      logger.warn(
        'another server process writes to this store: what is kept reaches the members of both; `messageComplete` and what `to(channelId)` emits reach only the clients of the process that emits it, unless the Socket.IO server has an adapter',
      ),
  });
}
