import type { BroadcastMessage } from '@wirepact/protocol';
import type { ViewMessage } from './channel-view';

/** Slots that may be in a log beside twice the messages it holds, before a list takes a log of its own. */
const SPARE_SLOTS = 64;

/** What several lists are made of, each the next state of the one before: messages are only ever added to it. */
interface Log {
  readonly slots: ViewMessage[];
  /** Slots that a list has removed, with the version of that list. */
  readonly removed: Map<number, number>;
  /** Slots of the newest list's messages, by the server's id and by this client's own. */
  readonly byId: Map<string | undefined, number>;
  readonly byOwnId: Map<string | undefined, number>;
  /** Version of the newest list. */
  newest: number;
}

function add({ slots, byId, byOwnId }: Log, message: ViewMessage): void {
  byId.set(message.id, slots.length);
  if (message.clientMessageId !== undefined) byOwnId.set(message.clientMessageId, slots.length);
  slots.push(message);
}

/** Makes a message of the newest list unfindable. */
function forget({ slots, byId, byOwnId }: Log, slot: number): void {
  byId.delete(slots[slot]?.id);
  byOwnId.delete(slots[slot]?.clientMessageId);
}

/**
 * Messages in their order, each with an id of its own. A list never changes: one with a message more, or less, is another list. Adding at the end,
 * removing, and finding a message by its id cost the same however many there are, as long as each list is made
 * from the newest; a second one made from an older list is a copy.
 */
export class MessageList {
  #array: readonly ViewMessage[] | undefined;
  readonly #log: Log;
  readonly #version: number;
  /** The first message is in this slot, and the last one before the other. */
  readonly #start: number;
  readonly #end: number;
  readonly size: number;

  private constructor(log: Log, start: number, end: number, size: number) {
    this.#log = log;
    this.#version = log.newest;
    this.#start = start;
    this.#end = end;
    this.size = size;
  }

  /** A list of these messages. */
  static of(messages: readonly ViewMessage[]): MessageList {
    const log: Log = { slots: [], removed: new Map(), byId: new Map(), byOwnId: new Map(), newest: 0 };
    for (const message of messages) add(log, message);
    return new MessageList(log, 0, messages.length, messages.length);
  }

  /** The next list of a log; it gets one of its own where most of the log is behind it. */
  static #next(log: Log, start: number, end: number, size: number): MessageList {
    log.newest += 1;
    let first = start;
    while (first < end && log.removed.has(first)) first += 1;
    const list = new MessageList(log, first, end, size);
    return log.slots.length > 2 * size + SPARE_SLOTS ? MessageList.of(list.toArray()) : list;
  }

  /** The first message, if any. */
  get first(): ViewMessage | undefined {
    return this.size > 0 ? this.#log.slots[this.#start] : undefined;
  }

  /** The last message, if any. */
  get last(): ViewMessage | undefined {
    if (!this.#isNewest) return this.toArray().at(-1);
    const { slots, removed } = this.#log;
    let slot = this.#end - 1;
    while (removed.has(slot)) slot -= 1;
    return this.size > 0 ? slots[slot] : undefined;
  }

  /** The messages as an array, always the same one. */
  toArray(): readonly ViewMessage[] {
    this.#array ??= this.#collect();
    return this.#array;
  }

  /** The message with this id of the server's. */
  find(id: string | undefined): ViewMessage | undefined {
    if (!this.#isNewest) return this.toArray().find((message) => message.id === id);
    return this.#log.slots[this.#log.byId.get(id) ?? -1];
  }

  /** The message with this id of the client's own. */
  findOwn(clientMessageId: string | undefined): ViewMessage | undefined {
    if (clientMessageId === undefined) return undefined;
    if (!this.#isNewest) return this.toArray().find((one) => one.clientMessageId === clientMessageId);
    return this.#log.slots[this.#log.byOwnId.get(clientMessageId) ?? -1];
  }

  /** The list with one more message at its end. */
  append(message: ViewMessage): MessageList {
    const { log, start, end } = this.#edit();
    add(log, message);
    return MessageList.#next(log, start, end + 1, this.size + 1);
  }

  /** The list without a message of it. */
  remove({ id }: ViewMessage): MessageList {
    const { log, start, end } = this.#edit();
    const slot = log.byId.get(id) ?? -1;
    forget(log, slot);
    log.removed.set(slot, log.newest + 1);
    return MessageList.#next(log, start, end, this.size - 1);
  }

  /** The last messages of the list, this many or fewer. */
  keepLast(count: number): MessageList {
    if (this.size <= count) return this;
    const { log, start, end } = this.#edit();
    let first = start;
    for (let surplus = this.size - count; surplus > 0; first += 1) {
      if (log.removed.has(first)) continue;
      forget(log, first);
      surplus -= 1;
    }
    return MessageList.#next(log, first, end, count);
  }

  get #isNewest(): boolean {
    return this.#version === this.#log.newest;
  }

  #collect(): ViewMessage[] {
    const { removed, slots } = this.#log;
    const messages = slots.slice(this.#start, this.#end);
    if (messages.length === this.size) return messages;
    const isThere = (slot: number) => (removed.get(slot) ?? Number.POSITIVE_INFINITY) > this.#version;
    return messages.filter((_, index) => isThere(this.#start + index));
  }

  /** What a change begins with: the log of a list with these messages that may be changed. */
  #edit() {
    const list = this.#isNewest ? this : MessageList.of(this.toArray());
    return { log: list.#log, start: list.#start, end: list.#end };
  }
}

/** A message without a number comes after all that are there. */
const seqOf = ({ seq }: ViewMessage) => seq ?? Number.POSITIVE_INFINITY;

/** Own messages are known by the id this client gave them, others by the server's. */
const toKey = ({ id, clientMessageId }: BroadcastMessage) => clientMessageId ?? id;

/** The message as a view shows it. */
export const toViewMessage = (message: BroadcastMessage): ViewMessage => ({
  ...message,
  key: toKey(message),
  status: 'sent',
});

/** With another message in the place of one that is there. */
export const replaceMessage = (
  messages: MessageList,
  known: ViewMessage,
  message: ViewMessage,
): MessageList => MessageList.of(messages.toArray().map((one) => (one === known ? message : one)));

/**
 * With one more at its place by `seq`. One that is there already keeps its key and, once it has a number, its place: with the
 * same number it came twice, else it says what the message is now.
 */
export function insertMessage(messages: MessageList, message: ViewMessage): MessageList {
  const known = messages.find(message.id);
  if (known && known.seq !== undefined && known.seq === message.seq) return messages;
  const { key, clientMessageId = message.clientMessageId } = known ?? message;
  const inserted = { ...message, key, clientMessageId };
  if (known && (known.seq !== undefined || message.seq === undefined))
    return replaceMessage(messages, known, { ...inserted, seq: known.seq, epoch: known.epoch });
  const others = known ? messages.remove(known) : messages;
  const { last } = others;
  if (!last || seqOf(last) <= seqOf(message)) return others.append(inserted);
  const array = others.toArray();
  const index = array.findLastIndex((other) => seqOf(other) <= seqOf(message)) + 1;
  return MessageList.of([...array.slice(0, index), inserted, ...array.slice(index)]);
}

/** The messages of a page of history; those that were known already stay as they were. */
export function mergePage(page: readonly BroadcastMessage[], known: MessageList): ViewMessage[] {
  const merged = new Map<string, ViewMessage>();
  for (const message of page) merged.set(message.id, known.find(message.id) ?? toViewMessage(message));
  return [...merged.values()].sort((one, other) => seqOf(one) - seqOf(other));
}
