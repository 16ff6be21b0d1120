import {
  type Contract,
  type EventRegistry,
  type JournalPosition,
  type RoomAddress,
  type RoomReference,
  type SessionNames,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { JournalFeed } from '../feed/journal-feed';
import type { Authorization } from '../gateway/authorization';
import { OwnError } from '../gateway/own-error';
import { retryable } from '../gateway/retryable';
import type { Broadcaster, Connection } from '../ports/connection';
import { emitByName } from '../ports/emitter';
import type { AppendedEvent, EventStore, NewStoredEvent } from '../ports/event-store';
import type { Journal } from '../ports/journal';
import { eachRoom, toChannelKey, toJournalRoom, toRoom } from './channel-address';
import type { ChannelHandle, JournalEventOf, Reduced } from './channel-handle';
import { toEventEntry, toEventKey } from './event-entry';
import { createKicks, type KickReason, type Kicks } from './kicks';
import { createPacedReads } from './paced-reads';
import { readWhole } from './read-whole';
import { createEventReader, createStoreJournal } from './store-journal';
import { type Publication, toStoredEvent } from './to-stored-event';

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
  readonly names: Pick<SessionNames, 'join' | 'left' | 'deleted'>;
  readonly store: EventStore;
  readonly broadcaster: Broadcaster<Events>;
  readonly authorization: Pick<Authorization, 'stillAllows'>;
  readonly limits: ChannelLimits;
  readonly logger: Logger;
}

/** What the client sends to take part in a room. */
type Joining = RoomAddress & { readonly resume?: Required<JournalPosition> };

/** What a member is told that was taken out. */
const KICK_MESSAGES: Readonly<Record<KickReason, string>> = {
  REMOVED: 'You were removed from this room.',
  FORBIDDEN: 'You may not be in this room any more.',
};

/** The rooms of a contract that have journals: who is in them, and what is published there. */
export class Channels<Events extends EventRegistry> {
  private readonly kinds: ReadonlySet<string>;
  private readonly read = createPacedReads();
  private readonly journal: Journal;
  private readonly feed: JournalFeed<Connection<Events>>;
  private readonly kicks: Kicks;

  constructor(private readonly deps: ChannelsDeps<Events>) {
    const { contract, store, broadcaster, names, logger } = deps;
    const durable = Object.values(contract.serverToClient).filter((event) => event.durable);
    this.kinds = new Set(durable.flatMap(({ room }) => room?.name ?? []));
    this.journal = createStoreJournal({ store, contract, toEntry: createEventReader(contract), logger });
    this.feed = new JournalFeed<Connection<Events>>({
      journal: this.journal,
      sender: {
        toOne: (connection, event, payload) => emitByName(connection, event, payload),
        toRoom: (key, exceptIds, event, payload) =>
          emitByName(broadcaster.toLocal(toJournalRoom(key), exceptIds), event, payload),
        join: (connection, key) => eachRoom(key, ({ name, id }) => connection.join(name, id)),
        leave: (connection, key) => eachRoom(key, ({ name, id }) => connection.leave(name, id)),
      },
      onEnd: (key, position) => {
        const { name, id } = toRoom(key);
        emitByName(broadcaster.toLocal(toJournalRoom(key)), names.deleted, { room: name, id, ...position });
        eachRoom(key, (room) => broadcaster.dismiss(room));
      },
      onForeignWrite: () =>
        logger.debug('another server process writes to this store; its events reach the members of both'),
    });
    this.kicks = createKicks({
      feed: this.feed,
      mayStillBeIn: (connection, key) => this.mayStillBeIn(connection, key),
      tell: (connection, key, reason) => this.tellLeft(connection, key, reason),
    });
  }

  /**
   * Makes a connection a member of a room, from where it was or from now on.
   * @throws WirepactError `INVALID_PAYLOAD` where the contract has no such kind of room, `FORBIDDEN` where the connection is
   * in as many channels as it may be, `OVERLOADED`, `STORE_UNAVAILABLE`
   */
  join(connection: Connection<Events>, { room, id, resume }: Joining) {
    const key = this.keyOf({ name: room, id });
    const { maxChannelsPerConnection: max } = this.deps.limits;
    if (!this.feed.isMember(connection, key) && this.feed.countRooms(connection) >= max)
      throw new WirepactError('FORBIDDEN', `This connection is in ${max} rooms already: leave one first.`);
    const entering = {
      connection,
      actor: connection.identity?.entityId,
      find: () => this.open(key),
      onEntering: () => {},
    };
    return this.read(connection, async () => {
      const entered = await this.feed.enter(entering, key, resume);
      if (!entered) throw retryable('UNAVAILABLE', 'The room was left or deleted just now: join it again.');
      const { epoch, seq, recovered } = entered;
      return { epoch, seq, ...(resume && { recovered }) };
    });
  }

  /** Ends a membership; harmless where there is none. */
  leave(connection: Connection<Events>, { room, id }: RoomAddress): null {
    this.feed.leave(connection, toChannelKey({ name: room, id }));
    return null;
  }

  /** A connection has ended. */
  forget(connection: object): void {
    this.feed.forget(connection);
  }

  /** Stops looking at journals. */
  close(): void {
    this.feed.close();
  }

  /** One room; what is published in it is caused by `sender`, where that is one. */
  handle(name: string, id: string, sender?: Connection<Events>): ChannelHandle<Events> {
    const room = { name, id };
    const roomId = this.keyOf(room);
    return {
      room: name,
      id,
      publish: async (event, payload, { key, transaction, actor = sender?.identity?.entityId } = {}) =>
        this.publish({ room, event, payload, actor, key }, sender, transaction),
      refresh: () => this.feed.refresh(roomId),
      reduce: (reducer, initial) => this.reduce(roomId, reducer, initial),
      delete: () => this.delete(roomId),
      remove: (entityId) => this.kicks.remove(roomId, entityId),
      recheck: () => this.kicks.recheck(roomId),
    };
  }

  private keyOf(room: RoomReference): string {
    if (this.kinds.has(room.name)) return toChannelKey(room);
    const { name, version } = this.deps.contract;
    const kinds = [...this.kinds].join(', ') || 'none';
    const message = `${name} ${version} has no rooms with a journal called "${room.name.slice(0, 100)}" (it has: ${kinds}).`;
    const issues = [{ path: '/room', message: 'is no kind of room with a journal', keyword: 'enum' }];
    throw new WirepactError('INVALID_PAYLOAD', message, { issues });
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

  private async publish(
    publication: Publication,
    sender: Connection<Events> | undefined,
    transaction: object | undefined,
  ): Promise<AppendedEvent> {
    const { store, contract } = this.deps;
    const stored = toStoredEvent(contract, publication);
    const roomId = toChannelKey(publication.room);
    if (transaction) return this.appendWithin(transaction, roomId, stored);
    const key = stored.key === undefined ? undefined : toEventKey(stored);
    const appended = await this.feed.write({ roomId, key, sender }, async () => {
      const kept = await store.appendEvent(roomId, stored);
      if (kept) return kept;
      await store.openChannel(roomId);
      return store.appendEvent(roomId, stored);
    });
    if (!appended)
      throw retryable('UNAVAILABLE', 'The room was deleted just now: publish again to begin it anew.');
    // A repeat may be the first that anybody hears of its event: the answer to the first attempt was lost.
    const told = appended.repeated
      ? this.feed.moveTo(roomId, appended)
      : this.feed.publish(roomId, appended.epoch, toEventEntry(contract, appended, stored), sender);
    if (told) await told;
    return appended;
  }

  /** Members are told once the host has committed: the journal is looked at then. */
  private appendWithin(transaction: object, roomId: string, event: NewStoredEvent): Promise<AppendedEvent> {
    const { store } = this.deps;
    if (store.appendWithin) return store.appendWithin(transaction, roomId, event);
    throw new OwnError(
      'INVALID_OPTIONS',
      'This store has no transactions: publish without `transaction`, or use SQLite or PostgreSQL.',
    );
  }

  private async reduce<State>(
    key: string,
    reducer: (state: State, event: JournalEventOf<Events>) => State,
    initial: State,
  ): Promise<Reduced<State>> {
    const { epoch } = await this.open(key);
    let reduced = { state: initial, epoch, seq: 0 };
    for await (const { entries, seq } of readWhole(this.journal, key, epoch)) {
      // Each was checked against the contract when it was read.
      const events = entries as unknown as readonly JournalEventOf<Events>[];
      reduced = { state: events.reduce(reducer, reduced.state), epoch, seq };
    }
    return reduced;
  }

  private async delete(key: string) {
    const position = await this.feed.write({ roomId: key }, () => this.deps.store.deleteChannel(key));
    if (position) this.feed.end(key, position);
    return position;
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
