import type { ChannelJournal } from './channel-journal';
import { isStoredMessage, toStoredMessage } from './elizaos-events';
import { type PageRequest, type RestAccess, readHistory } from './elizaos-rest';
import type { Fields } from './pending-requests';

/** Messages of a page where nobody says how many. */
const DEFAULT_LIMIT = 50;
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
  readonly #access: RestAccess;
  readonly #reader: () => string;
  /** Newest messages that were read beforehand, each used once. */
  readonly #prefetched = new Map<string, Fields[]>();

  /** Whether it could be read, on this connection or one before. */
  readonly reach: { isThere: boolean };

  /** @param reader who reads: its own messages have the ids it gave them */
  constructor(access: RestAccess, reader: () => string, reach = { isThere: false }) {
    this.#access = access;
    this.#reader = reader;
    this.reach = reach;
  }

  /** Reads the newest messages of a channel for the page that is asked for next. Rejects where that is not possible. */
  async prefetch(channelId: string, signal: AbortSignal): Promise<void> {
    this.#prefetched.delete(channelId);
    this.#prefetched.set(channelId, await this.#read({ channelId, limit: DEFAULT_LIMIT + 1 }, signal));
  }

  /** A page, oldest first, as `list_messages` is answered. */
  async page(journal: ChannelJournal, request: HistoryRequest, signal: AbortSignal) {
    const { channelId, limit = DEFAULT_LIMIT, before = Number.POSITIVE_INFINITY } = request;
    const createdFrom = journal.createdFrom(before);
    // Messages of the same millisecond may be on both sides: the one that is known comes again.
    const asked = { channelId, ...(createdFrom !== undefined && { before: createdFrom + 1 }) };
    // What is newer than one that is not wanted is told as an event, if it was not yet.
    const isLater = ({ id }: Fields) => journal.isFrom(id, before);
    const read = async (count: number) => {
      const page = { ...asked, limit: count };
      const rows = this.#takePrefetched(page) ?? (await this.#read(page, signal));
      const wanted = rows.slice(rows.findLastIndex(isLater) + 1).filter(isStoredMessage);
      return { wanted, isFull: rows.length >= count };
    };
    let { wanted, isFull } = await read(limit + (createdFrom === undefined ? 1 : 2));
    if (isFull && wanted.length === 0) ({ wanted, isFull } = await read(MAX_AT_ONCE));
    const hasMore = wanted.length > limit || (wanted.length > 0 && isFull);
    const messages = wanted.slice(0, limit).map((row) => toStoredMessage(row, channelId, this.#reader()));
    return {
      ...journal.position,
      messages: journal.number(messages),
      hasMore,
    };
  }

  /** The server's message that has this id of the client's own, among the newest. */
  async findOwn(channelId: string, clientMessageId: unknown, signal: AbortSignal) {
    const rows = await this.#read({ channelId, limit: 100 }, signal);
    const row = rows.filter(isStoredMessage).find(({ sourceId }) => sourceId === clientMessageId);
    return row && toStoredMessage(row, channelId, this.#reader());
  }

  /** What was read beforehand, where it is what is asked for; it is used once at most. */
  #takePrefetched({ channelId, limit, before }: PageRequest): Fields[] | undefined {
    const rows = this.#prefetched.get(channelId);
    this.#prefetched.delete(channelId);
    return before === undefined && limit === DEFAULT_LIMIT + 1 ? rows : undefined;
  }

  async #read(page: PageRequest, signal: AbortSignal): Promise<Fields[]> {
    const rows = await readHistory(this.#access, page, signal);
    this.reach.isThere = true;
    return rows;
  }
}
