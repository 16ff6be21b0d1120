import {
  type Contract,
  type EventRegistry,
  formatIssues,
  type PayloadSchema,
  type PresenceChange,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Broadcaster, Connection } from '../ports/connection';
import type { Peers } from '../ports/peers';
import type { PresenceNumbers } from './presence-options';
import { PresencePeers } from './presence-peers';
import type { ToPublicIdentity } from './public-identity';
import { WatchedRoom } from './watched-room';

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
  readonly peers: Peers;
}

/**
 * Tells members of rooms who else is there, in whichever process of the server Socket.IO's adapter reaches. A room that nobody
 * asks about takes nothing: no list, no timer, no event.
 */
export class Presence<Events extends EventRegistry> {
  private readonly rooms = new Map<string, WatchedRoom<Events>>();
  private readonly peers: PresencePeers;

  constructor(private readonly deps: PresenceDeps<Events>) {
    this.peers = new PresencePeers({
      peers: deps.peers,
      onWanted: (roomId) => this.share(roomId),
      onUnwanted: (roomId) => this.unshare(roomId),
      onPart: (peerId, roomId, change) => this.applyFrom(peerId, roomId, change),
      onForgotten: (peerId, roomId) => this.forget(peerId, roomId),
    });
  }

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
    const wasWatched = watched.isWatched;
    watched.watch(connection);
    if (!wasWatched) this.peers.wish(roomId, true);
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
    if (!state) watched.tellAtOnce();
    watched.tellSoon();
    watched.awaitExpiry();
    this.closeIfIdle(roomId);
    return { ttlMs: holdsMs };
  }

  /** A connection has become a member. */
  joined(connection: Connection<Events>, roomId: string, actor: string | undefined): void {
    const watched = this.rooms.get(roomId);
    if (!watched) {
      if (this.peers.isWanted(roomId)) this.share(roomId);
      return;
    }
    watched.room.join(connection.id, this.identityOf({ connection, actor }));
    watched.tellSoon();
  }

  /** A connection is a member no longer; harmless where it was none. */
  left(connection: Connection<Events>, roomId: string): void {
    const watched = this.rooms.get(roomId);
    if (!watched) return;
    watched.room.leave(connection.id);
    watched.tellSoon();
    this.unwatch(connection, roomId);
  }

  /** Tells nothing more. */
  close(): void {
    for (const watched of this.rooms.values()) watched.stop();
    this.rooms.clear();
    this.peers.close();
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

  private open(roomId: string): WatchedRoom<Events> {
    const known = this.rooms.get(roomId);
    if (known) return known;
    const watched = new WatchedRoom<Events>(roomId, {
      ...this.deps,
      tellPeers: (id, change) => this.peers.tell(id, change),
      onQuiet: () => this.closeIfIdle(roomId),
    });
    for (const present of this.deps.membersOf(roomId))
      watched.room.join(present.connection.id, this.identityOf(present));
    this.rooms.set(roomId, watched);
    if (this.peers.isWanted(roomId)) watched.share();
    return watched;
  }

  private identityOf({ connection, actor }: Present<Events>) {
    const { identity, id } = connection;
    return identity ? this.deps.toPublicIdentity(identity) : { entityId: actor ?? id };
  }

  private unwatch(connection: Connection<Events>, roomId: string): void {
    const watched = this.rooms.get(roomId);
    if (!watched) return;
    const wasWatched = watched.isWatched;
    watched.unwatch(connection);
    if (wasWatched && !watched.isWatched) {
      this.peers.wish(roomId, false);
      watched.room.forgetPeers();
    }
    this.closeIfIdle(roomId);
  }

  /** Another process wants to be told of a room, from the beginning. */
  private share(roomId: string): void {
    const known = this.rooms.get(roomId);
    if (known) known.share();
    else if (this.deps.membersOf(roomId).length > 0) this.open(roomId);
  }

  private unshare(roomId: string): void {
    this.rooms.get(roomId)?.unshare();
    this.closeIfIdle(roomId);
  }

  private applyFrom(peerId: string, roomId: string, change: PresenceChange): boolean {
    const watched = this.rooms.get(roomId);
    if (!watched?.isWatched) return false;
    watched.room.applyFrom(peerId, change);
    if (change.updated?.some(({ state }) => state === undefined)) watched.tellAtOnce();
    watched.tellSoon();
    return true;
  }

  private forget(peerId: string, roomId: string): void {
    const watched = this.rooms.get(roomId);
    watched?.room.forget(peerId);
    watched?.tellSoon();
  }

  /** Forgets a room that nobody watches, and in which nobody does anything. */
  private closeIfIdle(roomId: string): void {
    const watched = this.rooms.get(roomId);
    if (!watched?.isIdle) return;
    watched.stop();
    this.rooms.delete(roomId);
  }
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
