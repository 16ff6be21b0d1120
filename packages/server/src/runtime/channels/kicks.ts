import { checkEntityId } from '../call-checks';
import type { JournalFeed } from '../feed/journal-feed';
import type { FeedConnection } from '../feed/member';

/** Why a member was taken out: by the host, or as it may not be there any more. */
export type KickReason = 'REMOVED' | 'FORBIDDEN';

/** What {@link createKicks} needs. */
export interface KickDeps<Connection extends FeedConnection> {
  readonly feed: Pick<JournalFeed<Connection>, 'isMember' | 'leave' | 'membersOf'>;
  /** Whether a connection may still be in a room it has joined. */
  readonly mayStillBeIn: (connection: Connection, roomId: string) => Promise<boolean>;
  /** Tells a connection that it is in a room no longer. */
  readonly tell: (connection: Connection, roomId: string, reason: KickReason) => void;
}

/** Takes members out of rooms, on connections to this process. */
export interface Kicks {
  /** Takes out an entity; answers with how many of its connections were in the room. @throws WirepactError `INVALID_OPTIONS` */
  remove(roomId: string, entityId: string): number;
  /** Takes out those who may not be in the room any more; answers with how many that were. */
  recheck(roomId: string): Promise<number>;
}

/** What takes members out of the rooms of a feed, whatever the contract. */
export function createKicks<Connection extends FeedConnection>({
  feed,
  mayStillBeIn,
  tell,
}: KickDeps<Connection>): Kicks {
  const kick = (connection: Connection, roomId: string, reason: KickReason) => {
    feed.leave(connection, roomId);
    tell(connection, roomId, reason);
  };

  return {
    remove(roomId, entityId) {
      checkEntityId('remove', entityId);
      const members = feed.membersOf(roomId).filter(({ actor }) => actor === entityId);
      for (const { connection } of members) kick(connection, roomId, 'REMOVED');
      return members.length;
    },

    async recheck(roomId) {
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
    },
  };
}
