import type { Position } from '@wirepact/protocol';
import type { AppendedEvent, NewStoredEvent, Retention, StoredBounds } from '../../runtime/ports/event-store';
import type {
  Appended,
  Channel,
  JournalEntry,
  JournalPage,
  Message,
  MessagePage,
  MessageQuery,
  NewStoredChannel,
  NewStoredMessage,
} from '../ports/store';
import { countFitting } from './count-fitting';
import { withAgent } from './with-agent';

interface Kept<Value> {
  readonly value: Value;
  /** When it was kept, Unix time in milliseconds. */
  readonly at: number;
}

/** The length tells where the sender ends, whatever it is called. */
const sendKey = ({ senderId, clientMessageId }: NewStoredMessage) =>
  `${senderId.length} ${senderId}${clientMessageId}`;

/** What a send of this key came to first, as long as that counts. */
function findFirst<Value>(sends: Map<string, Kept<Value>>, key: string | undefined, idempotencyMs: number) {
  const first = key === undefined ? undefined : sends.get(key);
  return first && first.at > Date.now() - idempotencyMs ? first.value : undefined;
}

/** Remembers what a send of this key came to: behind all others, also where an older one had the same key. */
function remember<Value>(sends: Map<string, Kept<Value>>, key: string | undefined, value: Value): void {
  if (key === undefined) return;
  sends.delete(key);
  sends.set(key, { value, at: Date.now() });
}

/** Sizes of values as JSON, in bytes; each is looked at when it is asked for. */
function* sizesOf(values: Iterable<unknown>): Generator<number> {
  for (const value of values) yield Buffer.byteLength(JSON.stringify(value));
}

/** Deletes from the front of a map, which is in the order its entries were added, as long as they are to go. */
function dropFirst<Value>(map: Map<string, Value>, isToGo: (value: Value) => boolean): void {
  for (const [key, value] of map) {
    if (!isToGo(value)) return;
    map.delete(key);
  }
}

/** One channel of a memory store, with its journal. */
export class MemoryChannel {
  /** Events up to this number are forgotten. */
  private horizon = 0;
  private seq = 0;
  /** When the last message was created: none is earlier than the one before. */
  private latest = 0;
  private readonly messages = new Map<string, Message>();
  private readonly sends = new Map<string, Kept<Message>>();
  private readonly published = new Map<string, Kept<Position>>();
  private journal: Kept<JournalEntry>[] = [];

  constructor(
    private kept: NewStoredChannel,
    private readonly epoch: string,
    private readonly idempotencyMs: number,
  ) {}

  get id(): string {
    return this.kept.id;
  }

  get channel(): Channel {
    return { ...this.kept, epoch: this.epoch, seq: this.seq };
  }

  /** Where the channel stands. */
  get head(): Position {
    return { epoch: this.epoch, seq: this.seq };
  }

  /** Where the channel ends when it is deleted. */
  get end(): Position {
    return { epoch: this.epoch, seq: this.seq + 1 };
  }

  /** Events that are kept. */
  get size(): number {
    return this.seq - this.horizon;
  }

  /** Whether the agent is one of the channel's, then. */
  addAgent(agentId: string): boolean {
    const agentIds = withAgent(this.kept.agentIds, agentId);
    if (agentIds) this.kept = { ...this.kept, agentIds };
    return agentIds !== undefined;
  }

  append(message: NewStoredMessage): Appended {
    const key = message.clientMessageId === undefined ? undefined : sendKey(message);
    const first = findFirst(this.sends, key, this.idempotencyMs);
    if (first) return { message: first, repeated: true };
    this.latest = Math.max(this.latest, message.createdAt);
    const position = { epoch: this.epoch, seq: this.seq + 1 };
    const kept = Object.assign({}, message, position, { createdAt: this.latest });
    this.record({ event: 'messageBroadcast', seq: kept.seq, message: kept });
    this.messages.set(kept.id, kept);
    remember(this.sends, key, kept);
    return { message: kept, repeated: false };
  }

  publish(event: NewStoredEvent): AppendedEvent {
    const key = event.key === undefined ? undefined : JSON.stringify([event.actor, event.name, event.key]);
    const first = findFirst(this.published, key, this.idempotencyMs);
    if (first) return { ...first, repeated: true };
    const position = this.record({ ...event, event: 'published', seq: this.seq + 1 });
    remember(this.published, key, position);
    return { ...position, repeated: false };
  }

  delete(messageId: string): Position | undefined {
    if (!this.messages.delete(messageId)) return undefined;
    return this.record({ event: 'messageDeleted', seq: this.seq + 1, messageId });
  }

  clear(): Position {
    this.messages.clear();
    return this.record({ event: 'channelCleared', seq: this.seq + 1 });
  }

  update(updates: Channel['properties']): Channel {
    this.record({ event: 'channelUpdated', seq: this.seq + 1, updates });
    this.kept = { ...this.kept, properties: { ...this.kept.properties, ...updates } };
    return this.channel;
  }

  list({ limit, maxBytes = Number.POSITIVE_INFINITY, before, after }: MessageQuery): MessagePage {
    const all = [...this.messages.values()];
    const isForward = after !== undefined;
    const found = isForward
      ? all.filter(({ seq }) => seq > after)
      : all.filter(({ seq }) => seq < (before ?? Number.POSITIVE_INFINITY)).reverse();
    const messages = found.slice(0, countFitting(sizesOf(found), { maxEntries: limit, maxBytes }));
    const hasMore = messages.length < found.length;
    return { messages: isForward ? messages : messages.reverse(), hasMore };
  }

  read({ epoch, seq }: Position, bounds: StoredBounds): JournalPage | undefined {
    if (epoch !== this.epoch || seq < this.horizon || seq > this.seq) return undefined;
    const later = this.journal
      .map(({ value }) => value)
      .filter((entry) => entry.seq > seq && this.isStillThere(entry));
    const entries = later.slice(0, countFitting(sizesOf(later), bounds));
    const hasMore = entries.length < later.length;
    return { entries, hasMore, seq: hasMore ? (entries.at(-1)?.seq ?? seq) : this.seq };
  }

  prune(retention: Retention): void {
    const { maxCount = Number.POSITIVE_INFINITY } = retention;
    const now = Date.now();
    const horizon = this.findHorizon(retention, now);
    if (horizon > this.horizon) {
      this.horizon = horizon;
      this.journal = this.journal.filter(({ value }) => value.seq > horizon);
      dropFirst(this.messages, ({ seq }) => seq <= horizon);
    }
    const isToGo = ({ at, value }: Kept<{ readonly seq: number }>) =>
      at <= now - this.idempotencyMs || value.seq <= this.seq - maxCount;
    dropFirst(this.sends, isToGo);
    dropFirst(this.published, isToGo);
  }

  /** Up to which number events are older or more than they may be. */
  private findHorizon({ maxAgeMs, maxCount = Number.POSITIVE_INFINITY }: Retention, now: number): number {
    if (maxAgeMs === undefined) return this.seq - maxCount;
    const young = this.journal.find(({ at }) => at >= now - maxAgeMs);
    return Math.max(this.seq - maxCount, young ? young.value.seq - 1 : this.seq);
  }

  /** Keeps an event, which has the next number. */
  private record(value: JournalEntry): Position {
    this.seq = value.seq;
    this.journal.push({ value, at: Date.now() });
    return this.head;
  }

  private isStillThere(entry: JournalEntry): boolean {
    return entry.event !== 'messageBroadcast' || this.messages.has(entry.message.id);
  }
}
