import type { ChannelJournal } from './channel-journal';
import { isStoredMessage, toStoredMessage } from './elizaos-events';
import { NEWEST, type PageRequest, type RestAccess, readHistory } from './elizaos-rest';
import type { Fields } from './pending-requests';

/** Messages of a page where nobody says how many. */
const DEFAULT_LIMIT = 50;
/** So many more are read, to find out whether there are more, and as one may be known. */
const SPARE = 2;
/** Messages read at once where a page has none but those of one millisecond that are known. */
const MAX_AT_ONCE = 1_000;

/** Which page of a channel's messages is wanted. */
export interface HistoryRequest {
  readonly channelId: string;
  readonly limit?: number | undefined;
  /** Only messages with a lower number. */
  readonly before?: number | undefined;
}

/** Reads the history of an ElizaOS server by its REST side, which goes back by time, in the numbers of journals. */
export class ElizaosHistory {
  readonly access: RestAccess;
  readonly #reader: () => string;
  /** Newest messages that were read beforehand, each used once. */
  readonly #prefetched = new Map<string, Fields[]>();

  /** @param reader who reads: its own messages have the ids it gave them */
  constructor(access: RestAccess, reader: () => string) {
    this.access = access;
    this.#reader = reader;
  }

  /** Reads the newest messages of a channel for the page that is asked for next. Rejects where that is not possible. */
  async prefetch(channelId: string, signal: AbortSignal): Promise<void> {
    this.#prefetched.delete(channelId);
    const newest = { channelId, limit: DEFAULT_LIMIT + SPARE };
    this.#prefetched.set(channelId, await readHistory(this.access, newest, signal));
  }

  /** A page, oldest first, as `list_messages` is answered. */
  async page(journal: ChannelJournal, request: HistoryRequest, signal: AbortSignal) {
    const { channelId, limit = DEFAULT_LIMIT, before = NEWEST } = request;
    // Messages of the same millisecond may be on both sides: the one that is known comes again.
    const end = journal.createdFrom(before) + 1;
    // What is newer than one that is not wanted is told as an event, if it was not yet.
    const isLater = ({ id }: Fields) => journal.isFrom(id, before);
    const read = async (count: number) => {
      const rows = await this.#read({ channelId, limit: count, before: end }, signal);
      const wanted = rows.slice(rows.findLastIndex(isLater) + 1).filter(isStoredMessage);
      return { wanted, isFull: rows.length >= count };
    };
    let { wanted, isFull } = await read(limit + SPARE);
    if (isFull && wanted.length === 0) ({ wanted, isFull } = await read(MAX_AT_ONCE));
    const hasMore = wanted.length > limit || (wanted.length > 0 && isFull);
    const messages = wanted.slice(0, limit).map((row) => toStoredMessage(row, channelId, this.#reader()));
    return { ...journal.position, messages: journal.number(messages), hasMore };
  }

  /** The server's message that has this id of the client's own, among the newest. */
  async findOwn(channelId: string, clientMessageId: unknown, signal: AbortSignal) {
    const rows = await readHistory(this.access, { channelId, limit: 100 }, signal);
    const row = rows.find((one) => one.sourceId === clientMessageId && isStoredMessage(one));
    return row && toStoredMessage(row, channelId, this.#reader());
  }

  async #read(page: PageRequest, signal: AbortSignal): Promise<Fields[]> {
    const rows = this.#prefetched.get(page.channelId);
    this.#prefetched.delete(page.channelId);
    const isAsked = page.before === NEWEST && page.limit === DEFAULT_LIMIT + SPARE;
    return rows && isAsked ? rows : readHistory(this.access, page, signal);
  }
}
