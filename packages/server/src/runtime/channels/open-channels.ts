import type { EventRegistry, SessionNames } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { JournalFeed } from '../feed/journal-feed';
import type { Broadcaster, Connection } from '../ports/connection';
import type { ServerMeter } from '../ports/metrics';
import type { Peers } from '../ports/peers';
import type { Tracing } from '../ports/tracing';
import { Presence, type PresenceParts, presenceSchemaOf } from '../presence/presence';
import { toRoom } from './channel-address';
import { Channels, type ChannelsDeps } from './channels';
import { journalRoomsOf } from './journal-rooms';
import { createPacedReads } from './paced-reads';
import { createRoomWire } from './room-wire';
import { createEventReader, createStoreJournal } from './store-journal';

/** What the channels of a server that has nothing else with a journal are made of. */
export interface OpenChannelsDeps<Events extends EventRegistry>
  extends Pick<ChannelsDeps<Events>, 'contract' | 'store' | 'authorization' | 'limits'> {
  readonly names: Pick<SessionNames, 'join' | 'left' | 'deleted' | 'presenceChanged'>;
  readonly broadcaster: Broadcaster<Events>;
  readonly peers: Peers;
  readonly presenceParts: PresenceParts;
  readonly meter: Pick<ServerMeter, 'caughtUp'> | undefined;
  readonly tracing: Tracing | undefined;
  readonly logger: Logger;
}

/** The rooms of a contract that have journals, with the feed that serves them. */
export function openChannels<Events extends EventRegistry>(
  deps: OpenChannelsDeps<Events>,
): {
  readonly channels: Channels<Events>;
  readonly feed: JournalFeed<Connection<Events>>;
  readonly presence: Presence<Events>;
} {
  const { contract, names, store, broadcaster, peers, presenceParts, meter, logger } = deps;
  const kinds = journalRoomsOf(contract);
  const journal = createStoreJournal({
    store,
    contract,
    toEntry: createEventReader(contract),
    meter,
    logger,
  });
  const { sender, end, tellPresence } = createRoomWire(broadcaster, names);
  const presence: Presence<Events> = new Presence<Events>({
    membersOf: (key) => feed.membersOf(key),
    isMember: (connection, key) => feed.isMember(connection, key),
    schemaOf: (key) => presenceSchemaOf(contract, toRoom(key).name),
    tell: tellPresence,
    broadcaster,
    peers,
    ...presenceParts,
  });
  const feed = new JournalFeed<Connection<Events>>({
    journal,
    sender,
    tracing: deps.tracing,
    onEnd: end,
    onLive: (connection, key, actor) => presence.joined(connection, key, actor),
    onLeft: (connection, key) => presence.left(connection, key),
    onForeignWrite() {
      if (peers.areReachable) return;
      logger.warn(
        'another server process writes to this store: what is published reaches the members of both; what is emitted reaches only the clients of the process that emits it, unless the option `scaleOut` joins the processes, or an adapter of your Socket.IO server does',
      );
    },
  });
  const channels = new Channels<Events>({ ...deps, kinds, journal, feed, read: createPacedReads() });
  return { channels, feed, presence };
}
