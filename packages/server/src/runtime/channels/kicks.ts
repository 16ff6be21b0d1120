import { checkEntityId } from '../call-checks';
import type { JournalFeed } from '../feed/journal-feed';
import type { FeedConnection } from '../feed/member';
import type { Peers } from '../ports/peers';

/** Why a member was taken out: by the host, or as it may not be there any more. */
export type KickReason = 'REMOVED' | 'FORBIDDEN';

/** What {@link createKicks} needs. */
export interface KickDeps<Connection extends FeedConnection> {
  /** What these rooms are called between processes. */
  readonly of: string;
  readonly peers: Pick<Peers, 'send' | 'onMessage'>;
  readonly feed: Pick<JournalFeed<Connection>, 'isMember' | 'leave' | 'membersOf'>;
  /** Whether a connection may still be in a room it has joined. */
  readonly mayStillBeIn: (connection: Connection, roomId: string) => Promise<boolean>;
  /** Tells a connection that it is in a room no longer. */
  readonly tell: (connection: Connection, roomId: string, reason: KickReason) => void;
}

/** Takes members out of rooms, and has other processes do so; answers are about the connections to this one. */
export interface Kicks {
  /** Takes out an entity; answers with how many of its connections were in the room. @throws WirepactError `INVALID_OPTIONS` */
  remove(roomId: string, entityId: string): number;
  /** Takes out those who may not be in the room any more; answers with how many that were. */
  recheck(roomId: string): Promise<number>;
}

/** What takes members out of the rooms of a feed, whatever the contract. */
export function createKicks<Connection extends FeedConnection>({
  of,
  peers,
  feed,
  mayStillBeIn,
  tell,
}: KickDeps<Connection>): Kicks {
  const kick = (connection: Connection, roomId: string, reason: KickReason) => {
    feed.leave(connection, roomId);
    tell(connection, roomId, reason);
  };

  const remove = (roomId: string, entityId: string) => {
    const members = feed.membersOf(roomId).filter(({ actor }) => actor === entityId);
    for (const { connection } of members) kick(connection, roomId, 'REMOVED');
    return members.length;
  };

  const recheck = async (roomId: string) => {
    let count = 0;
    const check = async (connection: Connection) => {
      if (await mayStillBeIn(connection, roomId)) return;
      // It may have left while that was asked.
      if (!feed.isMember(connection, roomId)) return;
      kick(connection, roomId, 'FORBIDDEN');
      count += 1;
    };
    await Promise.all(feed.membersOf(roomId).map(({ connection }) => check(connection)));
    return count;
  };

  const topic = `kick:${of}`;
  peers.onMessage(topic, (message) => {
    const { roomId, entityId }: Record<string, unknown> = { ...Object(message) };
    if (typeof roomId !== 'string') return;
    // Where the host could not be asked, the log of this process says so, and everybody stays.
    if (entityId === undefined) recheck(roomId).catch(() => undefined);
    else if (typeof entityId === 'string') remove(roomId, entityId);
  });
  return {
    remove(roomId, entityId) {
      checkEntityId('remove', entityId);
      peers.send(topic, { roomId, entityId });
      return remove(roomId, entityId);
    },
    recheck(roomId) {
      peers.send(topic, { roomId });
      return recheck(roomId);
    },
  };
}
