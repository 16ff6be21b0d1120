import type { EventRegistry, PresenceChange } from '@wirepact/contract/runtime';
import type { Broadcaster, Connection } from '../ports/connection';
import type { PresenceNumbers } from './presence-options';
import { PresenceRoom } from './presence-room';

/** Where those are who are told of a room. */
const toWatchersRoom = (roomId: string) => ({ name: 'wirepact:presence', id: roomId });

/** What {@link WatchedRoom} needs. */
export interface WatchedRoomDeps<Events extends EventRegistry> {
  readonly numbers: PresenceNumbers;
  /** Tells somebody of a room. */
  readonly tell: (to: { readonly emit: unknown }, roomId: string, change: PresenceChange) => void;
  /** Tells other processes of those who are in a room on connections to this one. */
  readonly tellPeers: (roomId: string, change: PresenceChange) => void;
  /** Called when the room may be of no use any more. */
  readonly onQuiet: () => void;
  readonly broadcaster: Pick<Broadcaster<Events>, 'toLocal'>;
}

/** A room that somebody watches, here or in another process, or in which somebody does something. */
export class WatchedRoom<Events extends EventRegistry> {
  readonly room: PresenceRoom;
  /** Those who are told, by the ids of their connections. */
  private readonly watchers = new Map<string, Connection<Events>>();
  /** Those among them who read too slowly, and are told all of it once they have read. */
  private readonly behind = new Set<string>();
  private isShared = false;
  /** Runs while something is to be told, and for an interval after it was told at once. */
  private telling: NodeJS.Timeout | undefined;
  /** Whether something was told at once in this interval. */
  private isHurried = false;
  /** Runs while anybody is told and a state may end. */
  private expiry: NodeJS.Timeout | undefined;
  /** When that state ends. */
  private expiresAt = 0;

  constructor(
    private readonly roomId: string,
    private readonly deps: WatchedRoomDeps<Events>,
  ) {
    this.room = new PresenceRoom(deps.numbers);
  }

  /** Whether a connection of this process is told of it. */
  get isWatched(): boolean {
    return this.watchers.size > 0;
  }

  /** Whether there is no reason to keep it. */
  get isIdle(): boolean {
    return !this.isWatched && !(this.isShared && this.room.isOfUseHere) && !this.room.hasStatesHere;
  }

  /** From now on a connection is told of the room: who is there at once, then what changes. */
  watch(connection: Connection<Events>): void {
    this.expire();
    if (!this.isWatched) this.room.everywhere.begin();
    const { name, id } = toWatchersRoom(this.roomId);
    this.watchers.set(connection.id, connection);
    connection.join(name, id);
    if (connection.isCongested()) this.tellLater(connection);
    else this.deps.tell(connection, this.roomId, this.room.everywhere.snapshot());
    this.awaitExpiry();
  }

  /** A connection is told no more. */
  unwatch(connection: Connection<Events>): void {
    const { name, id } = toWatchersRoom(this.roomId);
    if (this.watchers.delete(connection.id)) connection.leave(name, id);
    this.behind.delete(connection.id);
    if (this.isWatched) return;
    this.room.everywhere.end();
    if (!this.isShared) this.stop();
  }

  /** From now on other processes are told of it: of all who are there on connections to this one at once, then what changes. */
  share(): void {
    this.expire();
    if (!this.isShared) this.room.here.begin();
    this.isShared = true;
    this.deps.tellPeers(this.roomId, this.room.here.snapshot());
    this.awaitExpiry();
  }

  /** Other processes are told no more. */
  unshare(): void {
    this.isShared = false;
    this.room.here.end();
    if (!this.isWatched) this.stop();
  }

  /** Something in the room may have changed. */
  tellSoon(): void {
    if (!this.telling && this.hasNews) this.awaitInterval();
  }

  /** Who has said that it is over is not shown for another interval: that is told at once, but only once in an interval. */
  tellAtOnce(): void {
    if (this.isHurried || !this.hasNews) return;
    this.isHurried = true;
    if (!this.telling) this.awaitInterval();
    this.tellNow();
  }

  /** Tells of states that have ended, and waits for the next one: it may end sooner than any before. */
  awaitExpiry(): void {
    if (!this.isWatched && !this.isShared) return;
    const now = performance.now();
    const next = this.room.expire(now);
    this.tellSoon();
    if (next === undefined || (this.expiry && this.expiresAt <= next)) return;
    clearTimeout(this.expiry);
    this.expiresAt = next;
    const onTime = () => {
      this.expiry = undefined;
      this.awaitExpiry();
    };
    // Not more often than anything is told.
    this.expiry = setTimeout(onTime, Math.max(next - now, this.deps.numbers.intervalMs)).unref();
  }

  /** Tells nothing more. */
  stop(): void {
    clearTimeout(this.telling);
    clearTimeout(this.expiry);
    this.telling = undefined;
    this.expiry = undefined;
    this.isHurried = false;
  }

  private get hasNews(): boolean {
    return this.room.everywhere.hasNews || this.room.here.hasNews;
  }

  private awaitInterval(): void {
    this.telling = setTimeout(() => {
      this.telling = undefined;
      this.isHurried = false;
      this.tellNow();
    }, this.deps.numbers.intervalMs).unref();
  }

  private tellNow(): void {
    const { everywhere, here } = this.room;
    const elsewhere = here.hasNews && here.take();
    if (elsewhere) this.deps.tellPeers(this.roomId, elsewhere);
    const news = everywhere.hasNews && everywhere.take();
    if (news) this.tellWatchers(news);
    this.deps.onQuiet();
  }

  private tellWatchers(news: PresenceChange): void {
    const { watchers, behind, roomId, deps } = this;
    for (const connection of watchers.values())
      if (connection.isCongested() && !behind.has(connection.id)) this.tellLater(connection);
    deps.tell(deps.broadcaster.toLocal(toWatchersRoom(roomId), [...behind]), roomId, news);
  }

  /** Who reads slowly is left out, and is told all of it at once when it has read. */
  private tellLater(connection: Connection<Events>): void {
    this.behind.add(connection.id);
    void connection.drained().then(() => {
      if (this.behind.delete(connection.id) && !connection.isClosed)
        this.deps.tell(connection, this.roomId, this.room.everywhere.snapshot());
    });
  }

  private expire(): void {
    this.room.expire(performance.now());
    this.tellSoon();
  }
}
