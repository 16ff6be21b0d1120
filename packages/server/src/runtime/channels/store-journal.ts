import type { Contract } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { EventStore, StoredBounds, StoredEvent } from '../ports/event-store';
import type { Journal, JournalEntry, Position } from '../ports/journal';
import type { ServerMeter } from '../ports/metrics';
import { toEventEntry } from './event-entry';

/** A page of a store's journal, of whatever the store keeps besides events of a contract. */
interface StoredPage<Stored> {
  readonly entries: readonly Stored[];
  readonly seq: number;
  readonly hasMore: boolean;
}

/** What a journal is read from. */
export interface StoreJournalDeps<Stored> {
  readonly store: Pick<EventStore, 'readHeads' | 'watch'> & {
    readJournal(
      channelId: string,
      after: Position,
      bounds: StoredBounds,
    ): Promise<StoredPage<Stored> | undefined>;
  };
  readonly contract: Pick<Contract, 'serverToClient'>;
  /** What an entry tells members; `undefined` where it tells nothing that this server knows. */
  readonly toEntry: (channelId: string, epoch: string, stored: Stored) => JournalEntry | undefined;
  /** Told of what is read; left out where nobody measures it. */
  readonly meter: Pick<ServerMeter, 'caughtUp'> | undefined;
  readonly logger: Logger;
}

const REASON =
  'it breaks the contract, as an earlier version of the contract may have allowed it, or something other than this server wrote it';

/** Places in journals that are logged, each once however often it is read; of more than these nobody would learn more. */
const MAX_LOGGED = 1_000;

/** Says of a place that what is kept there is left out. */
function createBrokenLog(logger: Logger): (channelId: string, seq: number, event: string) => void {
  const told = new Set<string>();
  return (channelId, seq, event) => {
    const place = `${seq} ${channelId}`;
    if (told.has(place) || told.size >= MAX_LOGGED) return;
    told.add(place);
    logger.error({ channelId, seq, event }, `a stored event is left out: ${REASON}`);
  };
}

/** @throws Error for a page that gets nobody on: whoever reads on from where it ends would read for ever. */
function checkPage({ entries, seq, hasMore }: StoredPage<unknown>, channelId: string, after: number): void {
  if (Array.isArray(entries) && Number.isSafeInteger(seq) && seq >= after && (seq > after || !hasMore))
    return;
  throw new Error(
    `The store's readJournal of ${channelId} after ${after} gave no page that leads on: it has ${typeof entries} \`entries\`, ends at ${seq}, and \`hasMore\` is ${hasMore}.`,
  );
}

/** True for an event that clients take: the contract has it, with such a payload. */
function isTold(
  { serverToClient }: Pick<Contract, 'serverToClient'>,
  { event, payload }: JournalEntry,
): boolean {
  const definition = Object.hasOwn(serverToClient, event) ? serverToClient[event] : undefined;
  return definition !== undefined && (definition.payload?.check(payload) ?? true);
}

/** What a store keeps of channels, as the events that members receive. What breaks the contract is left out, and logged. */
export function createStoreJournal<Stored extends { readonly seq: number; readonly event: string }>({
  store,
  contract,
  toEntry,
  meter,
  logger,
}: StoreJournalDeps<Stored>): Journal {
  const logBroken = createBrokenLog(logger);
  return {
    readHeads: (channelIds) => store.readHeads(channelIds),

    async read(channelId, after, bounds) {
      const page = await store.readJournal(channelId, after, bounds);
      if (!page) return undefined;
      checkPage(page, channelId, after.seq);
      meter?.caughtUp(page.entries.length);
      const entries: JournalEntry[] = [];
      for (const stored of page.entries) {
        const entry = toEntry(channelId, after.epoch, stored);
        if (entry && isTold(contract, entry)) {
          entries.push(entry);
          continue;
        }
        const { seq, event } = entry ?? stored;
        logBroken(channelId, seq, event);
      }
      return { ...page, entries };
    },

    ...(store.watch && {
      watch: (onMove, onGap) =>
        store.watch?.(({ channelId, ...moved }) => onMove({ roomId: channelId, ...moved }), onGap) ??
        (() => undefined),
    }),
  };
}

const isPublished = (stored: { readonly event: string }): stored is StoredEvent =>
  stored.event === 'published';

/** A function that tells what events of a contract say, and nothing of what else a store keeps. */
export const createEventReader =
  (contract: Pick<Contract, 'serverToClient'>) =>
  (_channelId: string, epoch: string, stored: { readonly seq: number; readonly event: string }) =>
    isPublished(stored) ? toEventEntry(contract, { epoch, seq: stored.seq }, stored) : undefined;
