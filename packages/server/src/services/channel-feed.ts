import type { Position, Protocol } from '@wirepact/protocol';
import type { Broadcaster, Connection } from '../ports/connection';
import type { Emitter } from '../ports/emitter';
import type { JournalEntry, Message, Store } from '../ports/store';

type ChatEvents = Protocol['serverToClient'];

/** What is read at once for a connection that catches up. */
const PAGE = { maxEntries: 500, maxBytes: 1024 * 1024 };

/** Sends what happens in channels to their members, and lets connections catch up with it. */
export interface ChannelFeed {
  /** Sends an entry to the channel's members; to `sender`, in the channel or not, with its client message id. */
  publish(
    position: Omit<Position, 'seq'> & { channelId: string },
    entry: JournalEntry,
    sender?: Connection<ChatEvents>,
  ): void;
  /**
   * Sends a connection everything that happened after a position and makes it a member in the same moment:
   * it gets each entry once, in order, none left out. Answers with the position it is at, or with `undefined`,
   * and no membership, where what it missed cannot be told whole.
   */
  catchUp(newcomer: Newcomer, channelId: string, after: Position): Promise<Position | undefined>;
  /** The channel is gone: nobody who is catching up with it becomes a member. */
  end(channelId: string): void;
  /** Joins and leaves of one connection in one channel: each starts when the one before has ended. */
  inTurn<Result>(
    connection: Connection<ChatEvents>,
    channelId: string,
    work: () => Promise<Result>,
  ): Promise<Result>;
}

/** Somebody who is becoming a member of a channel. */
export interface Newcomer {
  readonly connection: Connection<ChatEvents>;
  /** Who it is, as far as is known: its own messages come with its own ids for them. */
  readonly entityId: string | undefined;
  /** Called before anything is sent, once it is known that something can be. */
  readonly announce: () => void;
}

/** A message as everybody in its channel sees it. */
function toBroadcast(message: Message) {
  const { id, senderId, senderName, text, channelId, serverId, createdAt, source, seq, epoch } = message;
  const { thought, actions, attachments } = message;
  return {
    id,
    senderId,
    senderName,
    text,
    roomId: channelId,
    serverId,
    createdAt,
    source,
    ...(thought !== undefined && { thought }),
    ...(actions && { actions: [...actions] }),
    ...(attachments && { attachments: [...attachments] }),
    seq,
    epoch,
  };
}

/** A message as its sender sees it: with its own id for it. */
function toOwnBroadcast(message: Message) {
  const { clientMessageId } = message;
  return { ...toBroadcast(message), ...(clientMessageId !== undefined && { clientMessageId }) };
}

/** A message as somebody sees it; nobody is known by `undefined`. */
export const toBroadcastFor = (entityId: string | undefined, message: Message) =>
  message.senderId === entityId ? toOwnBroadcast(message) : toBroadcast(message);

/** Sends an entry; `entityId` is who receives it, where that is one. */
function emitEntry(
  to: Emitter<ChatEvents>,
  channelId: string,
  epoch: string,
  entry: JournalEntry,
  entityId?: string,
): void {
  const position = { seq: entry.seq, epoch };
  switch (entry.event) {
    case 'messageBroadcast':
      to.emit('messageBroadcast', toBroadcastFor(entityId, entry.message));
      break;
    case 'messageDeleted':
      to.emit('messageDeleted', { messageId: entry.messageId, channelId, ...position });
      break;
    case 'channelCleared':
      to.emit('channelCleared', { channelId, ...position });
      break;
    case 'channelUpdated':
      to.emit('channelUpdated', { channelId, updates: entry.updates, ...position });
      break;
  }
}

/** Lists by channel, without empty ones. */
class ByChannel<Value> {
  private readonly lists = new Map<string, Set<Value>>();

  of(channelId: string): ReadonlySet<Value> {
    return this.lists.get(channelId) ?? new Set();
  }

  add(channelId: string, value: Value): void {
    const list = this.lists.get(channelId) ?? new Set();
    this.lists.set(channelId, list.add(value));
  }

  delete(channelId: string, value: Value): void {
    const list = this.lists.get(channelId);
    list?.delete(value);
    if (list?.size === 0) this.lists.delete(channelId);
  }
}

/** Somebody who is reading the journal, and what was published meanwhile. */
interface Reader {
  readonly newcomer: Newcomer;
  published: JournalEntry[];
  /** The channel is gone. */
  isOver: boolean;
}

/** A member that has read further in the journal than has been published. */
interface MemberAhead {
  readonly connectionId: string;
  readonly seq: number;
  /** Takes back what waits for the connection to end. */
  readonly stopWatching: () => void;
}

export function createChannelFeed(store: Store, broadcaster: Broadcaster<ChatEvents>): ChannelFeed {
  const readers = new ByChannel<Reader>();
  /** The last join or leave under way of each connection in each channel. */
  const turns = new Map<string, Promise<unknown>>();
  const ahead = new ByChannel<MemberAhead>();

  const forgetAhead = (channelId: string, member: MemberAhead) => {
    ahead.delete(channelId, member);
    member.stopWatching();
  };

  /** Notes that a member has everything up to `seq`. */
  const noteAhead = (connection: Connection<ChatEvents>, channelId: string, seq: number) => {
    for (const known of ahead.of(channelId)) {
      if (known.connectionId === connection.id) forgetAhead(channelId, known);
    }
    const forget = () => ahead.delete(channelId, member);
    const member: MemberAhead = {
      connectionId: connection.id,
      seq,
      stopWatching: () => connection.closed.removeEventListener('abort', forget),
    };
    if (connection.closed.aborted) return;
    connection.closed.addEventListener('abort', forget);
    ahead.add(channelId, member);
  };

  /** Connections that have this entry already, or will get it in its turn. */
  const findServed = (channelId: string, seq: number): string[] => {
    const ids = [...readers.of(channelId)].map(({ newcomer }) => newcomer.connection.id);
    for (const member of ahead.of(channelId)) {
      if (seq <= member.seq) ids.push(member.connectionId);
      else forgetAhead(channelId, member);
    }
    return ids;
  };

  /** Reads and sends page after page; what is published during the last read is left in `published`. */
  async function replay(reader: Reader, channelId: string, after: Position) {
    const { connection, entityId, announce } = reader.newcomer;
    let position = after;
    for (let isFirst = true; ; isFirst = false) {
      const page = await store.readJournal(channelId, position, PAGE);
      if (!page || reader.isOver) return undefined;
      if (isFirst) announce();
      reader.published = reader.published.filter(({ seq }) => seq > page.seq);
      for (const entry of page.entries) emitEntry(connection, channelId, after.epoch, entry, entityId);
      position = { epoch: after.epoch, seq: page.seq };
      if (!page.hasMore) return position;
      await connection.drained();
      if (connection.closed.aborted) return undefined;
    }
  }

  return {
    publish({ channelId, epoch }, entry, sender) {
      const served = findServed(channelId, entry.seq);
      const isOwn = sender !== undefined && !served.includes(sender.id);
      emitEntry(broadcaster.to(channelId, isOwn ? [...served, sender.id] : served), channelId, epoch, entry);
      if (isOwn && entry.event === 'messageBroadcast') {
        sender.emit('messageBroadcast', toOwnBroadcast(entry.message));
      }
      for (const { published } of readers.of(channelId)) published.push(entry);
    },

    async catchUp(newcomer, channelId, after) {
      const { connection, entityId } = newcomer;
      const reader: Reader = { newcomer, published: [], isOver: false };
      readers.add(channelId, reader);
      let position: Position | undefined;
      try {
        position = await replay(reader, channelId, after);
        if (!position) return undefined;
        // From here to the membership nothing is awaited, so nothing can be published in between.
        for (const entry of reader.published) {
          if (entry.seq <= position.seq) continue;
          emitEntry(connection, channelId, after.epoch, entry, entityId);
          position = { ...position, seq: entry.seq };
        }
        noteAhead(connection, channelId, position.seq);
        connection.join(channelId);
        return position;
      } finally {
        readers.delete(channelId, reader);
        // A member stays one where it could not catch up, and gets what was kept from it meanwhile.
        if (!position && connection.isIn(channelId)) {
          for (const entry of reader.published)
            emitEntry(connection, channelId, after.epoch, entry, entityId);
        }
      }
    },

    end(channelId) {
      for (const reader of readers.of(channelId)) reader.isOver = true;
    },

    inTurn(connection, channelId, work) {
      const key = `${connection.id} ${channelId}`;
      const before = turns.get(key);
      const turn = before ? before.then(work, work) : work();
      turns.set(key, turn);
      const forget = () => {
        if (turns.get(key) === turn) turns.delete(key);
      };
      turn.then(forget, forget);
      return turn;
    },
  };
}
