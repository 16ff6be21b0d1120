import {
  type Contract,
  type EventRegistry,
  type JournalPosition,
  type RoomAddress,
  type RoomReference,
  type SessionNames,
  WirepactError,
} from '@wirepact/contract/runtime';
import { invalidCall } from '../call-checks';
import type { JournalFeed } from '../feed/journal-feed';
import type { Authorization } from '../gateway/authorization';
import { retryable } from '../gateway/retryable';
import { show } from '../option-checks';
import type { Connection } from '../ports/connection';
import { emitByName } from '../ports/emitter';
import type { EventStore } from '../ports/event-store';
import type { Journal } from '../ports/journal';
import type { Peers } from '../ports/peers';
import { toChannelKey, toRoom } from './channel-address';
import type { ChannelHandle } from './channel-handle';
import { ChannelHandles } from './channel-handles';
import { createKicks, type KickReason } from './kicks';
import type { PacedReads } from './paced-reads';

/** What bounds channels. */
export interface ChannelLimits {
  /** Channels there may be for a join to create one. */
  readonly maxChannels: number;
  /** Channels one connection may be in. */
  readonly maxChannelsPerConnection: number;
}

/** What {@link Channels} are made of. */
export interface ChannelsDeps<Events extends EventRegistry> {
  readonly contract: Contract;
  /** The kinds of rooms they are. */
  readonly kinds: ReadonlySet<string>;
  readonly names: Pick<SessionNames, 'join' | 'left'>;
  readonly store: EventStore;
  readonly peers: Peers;
  readonly journal: Journal;
  readonly feed: JournalFeed<Connection<Events>>;
  readonly read: PacedReads;
  readonly authorization: Pick<Authorization, 'stillAllows'>;
  readonly limits: ChannelLimits;
}

/** What the client sends to take part in a room. */
type Joining = RoomAddress & { readonly resume?: Required<JournalPosition> };

/** What databases do not take in a text, or not back as it was. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** What is wrong with the part of a room's address at `path`. */
const invalidAddress = (path: string, message: string, flaw: string, keyword: string) =>
  new WirepactError('INVALID_PAYLOAD', message, { issues: [{ path, message: flaw, keyword }] });

/** What a member is told that was taken out. */
const KICK_MESSAGES: Readonly<Record<KickReason, string>> = {
  REMOVED: 'You were removed from this room.',
  FORBIDDEN: 'You may not be in this room any more.',
};

/** The rooms of a contract that have journals: who is in them, and what is published there. */
export class Channels<Events extends EventRegistry> {
  private readonly handles: ChannelHandles<Events>;

  constructor(private readonly deps: ChannelsDeps<Events>) {
    const { store, feed, peers } = deps;
    this.handles = new ChannelHandles<Events>({
      ...deps,
      kicks: createKicks({
        of: 'rooms',
        peers,
        feed,
        mayStillBeIn: (connection, key) => this.mayStillBeIn(connection, key),
        tell: (connection, key, reason) => this.tellLeft(connection, key, reason),
      }),
      find: (key) => this.open(key),
      create: (key) => store.openChannel(key),
    });
  }

  /**
   * Makes a connection a member of a room, from where it was or from now on.
   * @throws WirepactError `INVALID_PAYLOAD` where the contract has no such kind of room, `FORBIDDEN` where the connection is
   * in as many channels as it may be, `OVERLOADED`, `STORE_UNAVAILABLE`
   */
  join(connection: Connection<Events>, { room, id, resume }: Joining) {
    const key = this.keyOf({ name: room, id });
    const { feed, read, limits } = this.deps;
    const { maxChannelsPerConnection: max } = limits;
    const entering = {
      connection,
      actor: connection.identity?.entityId,
      find: () => this.open(key),
      onEntering: () => {},
    };
    return read(connection, async () => {
      // Not before it is its turn: those before it count.
      if (!feed.isMember(connection, key) && feed.countRooms(connection) >= max)
        throw new WirepactError('FORBIDDEN', `This connection is in ${max} rooms already: leave one first.`);
      const entered = await feed.enter(entering, key, resume);
      if (!entered) throw retryable('UNAVAILABLE', 'The room was left or deleted just now: join it again.');
      const { epoch, seq, recovered } = entered;
      return { epoch, seq, ...(resume && { recovered }) };
    });
  }

  /** Ends a membership; harmless where there is none. */
  leave(connection: Connection<Events>, { room, id }: RoomAddress): null {
    this.deps.feed.leave(connection, toChannelKey({ name: room, id }));
    return null;
  }

  /** One room; what is published in it is caused by `sender`, where that is one. */
  handle<Kind extends string>(
    name: Kind,
    id: string,
    sender?: Connection<Events>,
  ): ChannelHandle<Events, Kind> {
    if (typeof name !== 'string' || typeof id !== 'string')
      throw invalidCall(
        `channel needs a kind of room and which one, such as channel("board", boardId), not (${show(name)}, ${show(id)}).`,
      );
    const room = { name, id };
    return this.handles.of(room, this.keyOf(room), sender);
  }

  private keyOf(room: RoomReference): string {
    const { contract, kinds } = this.deps;
    if (!kinds.has(room.name)) {
      const { name, version } = contract;
      const known = [...kinds].join(', ') || 'none';
      const message = `${name} ${version} has no rooms with a journal called "${room.name.slice(0, 100)}" (it has: ${known}).`;
      throw invalidAddress('/room', message, 'is no kind of room with a journal', 'enum');
    }
    if (!UNSTORABLE.test(room.id)) return toChannelKey(room);
    const flaw = 'must not have NUL or half of a surrogate pair in it';
    throw invalidAddress('/id', `The id of a room ${flaw}.`, flaw, 'pattern');
  }

  /** Where a channel stands; a join creates it, while there are not too many. */
  private async open(key: string) {
    const { store, limits } = this.deps;
    const known = (await store.readHeads([key])).get(key);
    if (known) return known;
    if ((await store.countChannels(limits.maxChannels)) < limits.maxChannels) return store.openChannel(key);
    throw retryable(
      'OVERLOADED',
      `This server keeps ${limits.maxChannels} rooms already; joins create no more (\`maxChannels\`).`,
    );
  }

  /** Whether the host would still let a connection join a room that it is in. */
  private mayStillBeIn(connection: Connection<Events>, key: string): Promise<boolean> {
    const { authorization, names } = this.deps;
    const room = toRoom(key);
    const payload = { room: room.name, id: room.id };
    return authorization.stillAllows(connection, { event: names.join, payload, room, actor: undefined });
  }

  private tellLeft(connection: Connection<Events>, key: string, reason: KickReason): void {
    const { name, id } = toRoom(key);
    const payload = { room: name, id, reason, message: KICK_MESSAGES[reason] };
    emitByName(connection, this.deps.names.left, payload);
  }
}
