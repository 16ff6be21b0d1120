import type { Contract, EventRegistry, RoomReference } from '@wirepact/contract/runtime';
import { checkCall, invalidCall } from '../call-checks';
import type { JournalFeed } from '../feed/journal-feed';
import { retryable } from '../gateway/retryable';
import { aText, isObject, must, show } from '../option-checks';
import { OwnError } from '../own-error';
import type { Connection } from '../ports/connection';
import type { AppendedEvent, EventStore, NewStoredEvent } from '../ports/event-store';
import type { Journal, Position } from '../ports/journal';
import type { ChannelHandle, Reduced } from './channel-handle';
import { toEventEntry, toEventKey } from './event-entry';
import type { Kicks } from './kicks';
import { readWhole } from './read-whole';
import { type Publication, toStoredEvent } from './to-stored-event';

const PUBLISH_CHECKS = { key: aText, actor: aText, transaction: must(isObject, 'a transaction of yours') };

/** What {@link ChannelHandles} are made of. */
export interface ChannelHandlesDeps<Events extends EventRegistry> {
  readonly contract: Pick<Contract, 'serverToClient'>;
  readonly store: Pick<EventStore, 'appendEvent' | 'appendWithin' | 'deleteChannel'>;
  readonly journal: Journal;
  readonly feed: Pick<JournalFeed<Connection<Events>>, 'write' | 'publish' | 'moveTo' | 'refresh' | 'end'>;
  readonly kicks: Kicks;
  /** Where a room stands whose journal is to be read. */
  readonly find: (roomId: string) => Promise<Position>;
  /** Makes a room to publish in, where there is none. */
  readonly create: (roomId: string) => Promise<unknown>;
}

/** What a host and its handlers do with rooms that have journals. */
export class ChannelHandles<Events extends EventRegistry> {
  constructor(private readonly deps: ChannelHandlesDeps<Events>) {}

  /** One room, whose journal is kept as `roomId`; what is published in it is caused by `sender`, where that is one. */
  of<Kind extends string>(
    room: RoomReference,
    roomId: string,
    sender?: Connection<Events>,
  ): ChannelHandle<Events, Kind> {
    const { feed, kicks } = this.deps;
    return {
      room: room.name,
      id: room.id,
      publish: async (event, payload, options) => {
        if (options !== undefined) checkCall('publish', options, PUBLISH_CHECKS);
        const { key, transaction, actor = sender?.identity?.entityId } = options ?? {};
        return this.publish(roomId, { room, event, payload, actor, key }, sender, transaction);
      },
      refresh: () => feed.refresh(roomId),
      reduce: (reducer, initial) => this.reduce(roomId, reducer, initial),
      delete: () => this.delete(roomId),
      remove: (entityId) => kicks.remove(roomId, entityId),
      recheck: () => kicks.recheck(roomId),
    };
  }

  private async publish(
    roomId: string,
    publication: Publication,
    sender: Connection<Events> | undefined,
    transaction: object | undefined,
  ): Promise<AppendedEvent> {
    const { store, contract, feed, create } = this.deps;
    const stored = toStoredEvent(contract, publication);
    if (transaction) return this.appendWithin(transaction, roomId, stored);
    const key = stored.key === undefined ? undefined : toEventKey(stored);
    const appended = await feed.write({ roomId, key, sender }, async () => {
      const kept = await store.appendEvent(roomId, stored);
      if (kept) return kept;
      await create(roomId);
      return store.appendEvent(roomId, stored);
    });
    if (!appended)
      throw retryable('UNAVAILABLE', 'The room was deleted just now: publish again to begin it anew.');
    // A repeat may be the first that anybody hears of its event: the answer to the first attempt was lost.
    const told = appended.repeated
      ? feed.moveTo(roomId, appended)
      : feed.publish(roomId, appended.epoch, toEventEntry(contract, appended, stored), sender);
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

  private async reduce<State, Event>(
    roomId: string,
    reducer: (state: State, event: Event) => State,
    initial: State,
  ): Promise<Reduced<State>> {
    if (typeof reducer !== 'function') throw invalidCall(`reduce needs a function, not ${show(reducer)}.`);
    const { journal, contract, find } = this.deps;
    const { epoch } = await find(roomId);
    let reduced = { state: initial, epoch, seq: 0 };
    for await (const { entries, seq } of readWhole(journal, roomId, epoch)) {
      const published = entries.filter(({ event }) => contract.serverToClient[event]?.durable);
      // Each was checked against the contract when it was read.
      const events = published as unknown as readonly Event[];
      reduced = { state: events.reduce(reducer, reduced.state), epoch, seq };
    }
    return reduced;
  }

  private async delete(roomId: string): Promise<Position | undefined> {
    const { feed, store } = this.deps;
    const position = await feed.write({ roomId }, () => store.deleteChannel(roomId));
    if (position) feed.end(roomId, position);
    return position;
  }
}
