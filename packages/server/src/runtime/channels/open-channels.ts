import type { Contract, EventRegistry, SessionNames } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { JournalFeed } from '../feed/journal-feed';
import type { Broadcaster, Connection } from '../ports/connection';
import { Channels, type ChannelsDeps } from './channels';
import { createPacedReads } from './paced-reads';
import { createRoomWire } from './room-wire';
import { createEventReader, createStoreJournal } from './store-journal';

/** What the channels of a server that has nothing else with a journal are made of. */
export interface OpenChannelsDeps<Events extends EventRegistry>
  extends Pick<ChannelsDeps<Events>, 'contract' | 'store' | 'authorization' | 'limits'> {
  readonly names: Pick<SessionNames, 'join' | 'left' | 'deleted'>;
  readonly broadcaster: Broadcaster<Events>;
  readonly logger: Logger;
}

/** The kinds of rooms that durable events of a contract belong to. */
export const journalRoomsOf = ({ serverToClient }: Pick<Contract, 'serverToClient'>): Set<string> =>
  new Set(Object.values(serverToClient).flatMap(({ durable, room }) => (durable && room ? [room.name] : [])));

/** The rooms of a contract that have journals, with the feed that serves them. */
export function openChannels<Events extends EventRegistry>(
  deps: OpenChannelsDeps<Events>,
): { readonly channels: Channels<Events>; readonly feed: JournalFeed<Connection<Events>> } {
  const { contract, names, store, broadcaster, logger } = deps;
  const journal = createStoreJournal({ store, contract, toEntry: createEventReader(contract), logger });
  const { sender, end } = createRoomWire(broadcaster, names);
  const feed = new JournalFeed<Connection<Events>>({
    journal,
    sender,
    onEnd: end,
    onForeignWrite: () =>
      logger.debug('another server process writes to this store; its events reach the members of both'),
  });
  const kinds = journalRoomsOf(contract);
  const channels = new Channels<Events>({ ...deps, kinds, journal, feed, read: createPacedReads() });
  return { channels, feed };
}
