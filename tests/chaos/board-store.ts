import type { EventStore, StoredEvent } from '@wirepact/server';
import { BOARD_ROOM } from './board-contract';
import { toBoardRecord } from './board-wire';
import { replay } from './check-views';
import type { JournalRecord, StoredChannel } from './run-record';

const PAGE = { maxEntries: 500, maxBytes: Number.POSITIVE_INFINITY };

/** The id under which a store keeps the journal of a board. */
export const toStoreKey = (boardId: string): string => `${BOARD_ROOM}:${boardId}`;

type Entry = StoredEvent | { readonly seq: number; readonly event: string };

function toRecord(entry: Entry): JournalRecord {
  const { name, payload } = entry as Partial<StoredEvent>;
  const record = name && toBoardRecord(name, { ...payload, seq: entry.seq });
  if (!record) throw new Error(`A board has no ${name ?? entry.event}.`);
  return record;
}

/** All of a board, made of its journal; `undefined` where there is none, or it was deleted just now. */
export async function readStoredBoard(
  store: Pick<EventStore, 'readHeads' | 'readJournal'>,
  boardId: string,
): Promise<StoredChannel | undefined> {
  const key = toStoreKey(boardId);
  const epoch = (await store.readHeads([key])).get(key)?.epoch;
  const journal: JournalRecord[] = [];
  for (let seq = 0; epoch !== undefined; ) {
    const page = await store.readJournal(key, { epoch, seq }, PAGE);
    if (!page) return undefined;
    journal.push(...page.entries.map(toRecord));
    ({ seq } = page);
    if (!page.hasMore) return { epoch, seq, journal, ...replay(journal) };
  }
  return undefined;
}
