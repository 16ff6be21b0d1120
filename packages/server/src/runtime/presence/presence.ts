import {
  type Contract,
  type EventRegistry,
  formatIssues,
  type PayloadSchema,
  type PresenceChange,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Broadcaster, Connection } from '../ports/connection';
import type { PresenceNumbers } from './presence-options';
import { PresenceRoom } from './presence-room';
import type { ToPublicIdentity } from './public-identity';

/** Bytes of a state as JSON. */
const MAX_STATE_BYTES = 1_024;

/** Somebody who is in a room on a connection to this process. */
interface Present<Events extends EventRegistry> {
  readonly connection: Connection<Events>;
  /** Who it is, as far as is known. */
  readonly actor: string | undefined;
}

/** What a host says of presence. */
export interface PresenceParts {
  readonly toPublicIdentity: ToPublicIdentity;
  readonly numbers: PresenceNumbers;
}

/** The states of the members of a kind of room; `undefined` where a contract declares no presence for it. */
export const presenceSchemaOf = ({ presence = {} }: Contract, kind: string): PayloadSchema | undefined =>
  Object.hasOwn(presence, kind) ? presence[kind] : undefined;

/** What {@link Presence} needs. */
export interface PresenceDeps<Events extends EventRegistry> extends PresenceParts {
  /** The members of a room that are connected to this process. */
  readonly membersOf: (roomId: string) => readonly Present<Events>[];
  readonly isMember: (connection: Connection<Events>, roomId: string) => boolean;
  /** The states of the members of a room; `undefined` where nobody is told who is in such a room. */
  readonly schemaOf: (roomId: string) => PayloadSchema | undefined;
  /** Tells somebody of a room. */
  readonly tell: (to: { readonly emit: unknown }, roomId: string, change: PresenceChange) => void;
  readonly broadcaster: Pick<Broadcaster<Events>, 'toLocal'>;
}

/** A room that somebody watches, or in which somebody does something. */
interface Watched<Events extends EventRegistry> {
  readonly room: PresenceRoom;
  /** Those who are told, by the ids of their connections. */
  readonly watchers: Map<string, Connection<Events>>;
  /** Those among them who read too slowly, and are told all of it once they have read. */
  readonly behind: Set<string>;
  /** Runs while something is to be told, and for an interval after it was told at once. */
  telling: NodeJS.Timeout | undefined;
  /** Whether something was told at once in this interval. */
  isHurried: boolean;
  /** Runs while somebody watches and a state may end. */
  expiry: NodeJS.Timeout | undefined;
  /** When that state ends. */
  expiresAt: number;
}

/** Where those are who are told of a room. */
const toWatchersRoom = (roomId: string) => ({ name: 'wirepact:presence', id: roomId });

/**
 * Tells members of rooms who else is there, on connections to this process. A room that nobody asks about takes nothing:
 * no list, no timer, no event.
 */
export class Presence<Events extends EventRegistry> {
  private readonly rooms = new Map<string, Watched<Events>>();

  constructor(private readonly deps: PresenceDeps<Events>) {}

  /**
   * From now on a member is told who is in the room, at once and at every change; or it is not any more.
   * @throws WirepactError `FORBIDDEN` where it is no member; `INVALID_PAYLOAD` where nobody is told of such a room
   */
  watch(connection: Connection<Events>, roomId: string, watching: boolean): null {
    if (!watching) {
      this.unwatch(connection, roomId);
      return null;
    }
    this.require(connection, roomId);
    const watched = this.open(roomId);
    const { room, watchers } = watched;
    this.expire(roomId, watched);
    if (watchers.size === 0) room.begin();
    const { name, id } = toWatchersRoom(roomId);
    watchers.set(connection.id, connection);
    connection.join(name, id);
    if (connection.isCongested()) this.tellLater(connection, roomId);
    else this.deps.tell(connection, roomId, room.snapshot());
    this.awaitExpiry(roomId, watched);
    return null;
  }

  /**
   * What the member on a connection does from now on, for `ttlMs` at most; nothing where `state` is `undefined`. Answers
   * with how long that holds.
   * @throws WirepactError as {@link watch}; `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD` where the state is not as the contract says
   */
  async update(
    connection: Connection<Events>,
    roomId: string,
    state: object | undefined,
    ttlMs = Number.POSITIVE_INFINITY,
  ): Promise<{ ttlMs: number }> {
    const schema = this.require(connection, roomId);
    if (state) await checkState(schema, state);
    const holdsMs = Math.min(ttlMs, this.deps.numbers.stateTtlMs);
    // It may have left while the state was looked at.
    if (!this.deps.isMember(connection, roomId) || (!state && !this.rooms.has(roomId)))
      return { ttlMs: holdsMs };
    const watched = this.open(roomId);
    watched.room.update(connection.id, state, performance.now() + holdsMs);
    if (!state) this.hurry(roomId, watched);
    this.tellSoon(roomId, watched);
    this.awaitExpiry(roomId, watched);
    this.closeIfIdle(roomId, watched);
    return { ttlMs: holdsMs };
  }

  /** A connection has become a member. */
  joined(connection: Connection<Events>, roomId: string, actor: string | undefined): void {
    const watched = this.rooms.get(roomId);
    if (!watched) return;
    watched.room.join(connection.id, this.identityOf({ connection, actor }));
    this.tellSoon(roomId, watched);
  }

  /** A connection is a member no longer; harmless where it was none. */
  left(connection: Connection<Events>, roomId: string): void {
    const watched = this.rooms.get(roomId);
    if (!watched) return;
    watched.room.leave(connection.id);
    this.tellSoon(roomId, watched);
    this.unwatch(connection, roomId);
  }

  /** Tells nothing more. */
  close(): void {
    for (const watched of this.rooms.values()) stopTimers(watched);
    this.rooms.clear();
  }

  private require(connection: Connection<Events>, roomId: string): PayloadSchema {
    const schema = this.deps.schemaOf(roomId);
    if (!schema)
      throw new WirepactError('INVALID_PAYLOAD', 'The contract declares no presence for this kind of room.', {
        issues: [{ path: '/room', message: 'is no kind of room with presence', keyword: 'enum' }],
      });
    if (this.deps.isMember(connection, roomId)) return schema;
    throw new WirepactError('FORBIDDEN', 'Only members are told who is in a room: join it first.');
  }

  private open(roomId: string): Watched<Events> {
    const known = this.rooms.get(roomId);
    if (known) return known;
    const room = new PresenceRoom(this.deps.numbers);
    for (const present of this.deps.membersOf(roomId))
      room.join(present.connection.id, this.identityOf(present));
    const watched = {
      room,
      watchers: new Map(),
      behind: new Set<string>(),
      telling: undefined,
      isHurried: false,
      expiry: undefined,
      expiresAt: 0,
    };
    this.rooms.set(roomId, watched);
    return watched;
  }

  private identityOf({ connection, actor }: Present<Events>) {
    const { identity, id } = connection;
    return identity ? this.deps.toPublicIdentity(identity) : { entityId: actor ?? id };
  }

  private unwatch(connection: Connection<Events>, roomId: string): void {
    const watched = this.rooms.get(roomId);
    if (!watched) return;
    const { name, id } = toWatchersRoom(roomId);
    if (watched.watchers.delete(connection.id)) connection.leave(name, id);
    watched.behind.delete(connection.id);
    this.closeIfIdle(roomId, watched);
  }

  /** Forgets a room that nobody watches, and in which nobody does anything. */
  private closeIfIdle(roomId: string, watched: Watched<Events>): void {
    if (watched.watchers.size > 0) return;
    stopTimers(watched);
    if (!watched.room.hasStates) this.rooms.delete(roomId);
  }

  private tellSoon(roomId: string, watched: Watched<Events>): void {
    if (watched.telling || watched.watchers.size === 0 || !watched.room.hasNews) return;
    this.awaitInterval(roomId, watched);
  }

  private awaitInterval(roomId: string, watched: Watched<Events>): void {
    watched.telling = setTimeout(() => {
      watched.telling = undefined;
      watched.isHurried = false;
      this.tellNow(roomId, watched);
    }, this.deps.numbers.intervalMs).unref();
  }

  /** Who has said that it is over is not shown for another interval: that is told at once, but only once in an interval. */
  private hurry(roomId: string, watched: Watched<Events>): void {
    if (watched.isHurried || watched.watchers.size === 0 || !watched.room.hasNews) return;
    watched.isHurried = true;
    this.tellNow(roomId, watched);
    if (!watched.telling) this.awaitInterval(roomId, watched);
  }

  private tellNow(roomId: string, { room, watchers, behind }: Watched<Events>): void {
    const news = room.takeNews();
    if (!news) return;
    for (const connection of watchers.values()) {
      if (connection.isCongested() && !behind.has(connection.id)) this.tellLater(connection, roomId);
    }
    this.deps.tell(this.deps.broadcaster.toLocal(toWatchersRoom(roomId), [...behind]), roomId, news);
  }

  /** Who reads slowly is left out, and is told all of it at once when it has read. */
  private tellLater(connection: Connection<Events>, roomId: string): void {
    this.rooms.get(roomId)?.behind.add(connection.id);
    void connection.drained().then(() => {
      const watched = this.rooms.get(roomId);
      if (watched?.behind.delete(connection.id) && !connection.isClosed)
        this.deps.tell(connection, roomId, watched.room.snapshot());
    });
  }

  private awaitExpiry(roomId: string, watched: Watched<Events>): void {
    if (watched.watchers.size === 0) return;
    const now = performance.now();
    const next = watched.room.expire(now);
    if (next === undefined || (watched.expiry && watched.expiresAt <= next)) return;
    clearTimeout(watched.expiry);
    watched.expiresAt = next;
    const onTime = () => {
      watched.expiry = undefined;
      this.expire(roomId, watched);
      this.awaitExpiry(roomId, watched);
    };
    // Not more often than anything is told.
    watched.expiry = setTimeout(onTime, Math.max(next - now, this.deps.numbers.intervalMs)).unref();
  }

  private expire(roomId: string, watched: Watched<Events>): void {
    watched.room.expire(performance.now());
    this.tellSoon(roomId, watched);
  }
}

function stopTimers(watched: Pick<Watched<never>, 'telling' | 'expiry'>): void {
  clearTimeout(watched.telling);
  clearTimeout(watched.expiry);
  watched.telling = undefined;
  watched.expiry = undefined;
}

/** @throws WirepactError `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD` */
async function checkState(schema: PayloadSchema, state: object): Promise<void> {
  if (Buffer.byteLength(JSON.stringify(state)) > MAX_STATE_BYTES) {
    const issues = [
      { path: '/state', message: `takes more than ${MAX_STATE_BYTES} bytes`, keyword: 'maxSize' },
    ];
    throw new WirepactError('PAYLOAD_TOO_LARGE', formatIssues(issues), { issues });
  }
  if (schema.check(state)) return;
  const issues = (await schema.issues(state)).map((issue) => ({ ...issue, path: `/state${issue.path}` }));
  throw new WirepactError('INVALID_PAYLOAD', formatIssues(issues), { issues });
}
