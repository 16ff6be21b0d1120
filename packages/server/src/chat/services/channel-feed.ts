import type { Contract } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import { createStoreJournal } from '../../runtime/channels/store-journal';
import { JournalFeed } from '../../runtime/feed/journal-feed';
import type { Broadcaster } from '../../runtime/ports/connection';
import type { Position } from '../../runtime/ports/journal';
import type { Connection } from '../ports/connection';
import type { Store } from '../ports/store';
import { toEntry } from './channel-entry';
import { createChannelWire } from './channel-wire';
import { type ThoughtGrants, toThoughtRoom } from './thought-grants';

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
  readonly thoughts: ThoughtGrants<ChatConnection>;
  readonly logger: Logger;
  /** Told that a channel is gone, whichever process deleted it. */
  readonly onGone: (channelId: string) => void;
}

/** Serves the members of channels from what a store keeps of them. */
export function createChannelFeed({
  contract,
  store,
  broadcaster,
  thoughts,
  logger,
  onGone,
}: ChannelFeedDeps): ChannelFeed {
  return new JournalFeed<ChatConnection>({
    journal: createStoreJournal({
      store,
      contract,
      toEntry: (...stored) => toEntry(contract, ...stored),
      logger,
    }),
    sender: createChannelWire(broadcaster, thoughts),
    onEnd(channelId: string, position: Position) {
      broadcaster.toLocal(channelId).emit('channelDeleted', { channelId, ...position });
      broadcaster.dismiss(channelId);
      broadcaster.dismiss(toThoughtRoom(channelId));
      onGone(channelId);
    },
    onForeignWrite: () =>
      logger.warn(
        'another server process writes to this store: what is kept reaches the members of both; chunks of answers, `messageComplete` and what `to(channelId)` emits reach only the clients of the process that emits it, unless the Socket.IO server has an adapter',
      ),
  });
}
