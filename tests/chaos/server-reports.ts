import type { Store } from '@wirepact/server';
import { withTurns } from './with-turns';

/** A page of a journal that the server read to tell somebody what was missed. */
export interface ReplayReport {
  readonly channelId: string;
  readonly after: number;
  readonly seq: number;
  readonly entries: number;
  readonly hasMore: boolean;
}

/** Something that happened to a turn of an agent, where the store has taken it. */
export interface TurnReport {
  readonly step: 'begun' | 'kept' | 'taken' | 'ended';
  readonly channelId: string;
  readonly messageId: string;
  /** Id of the message that is answered; only where it has begun. */
  readonly question?: string;
}

/** What a server process tells the one that started it. */
export interface ServerReport {
  readonly replay?: ReplayReport;
  readonly turn?: TurnReport;
  /** So often this process has done what its defect is. */
  readonly defects?: number;
}

const report = (told: ServerReport) => process.send?.(told);

/** Tells that the process has just done what its defect is. */
export const reportDefect = (): void => void report({ defects: 1 });

/** Tells of every page of a journal that somebody had missed something of. */
export const reportReplays = (store: Store): Store => ({
  ...store,
  async readJournal(channelId, after, bounds) {
    const page = await store.readJournal(channelId, after, bounds);
    if (page && page.entries.length > 0) {
      const { seq, hasMore, entries } = page;
      report({ replay: { channelId, after: after.seq, seq, entries: entries.length, hasMore } });
    }
    return page;
  },
});

/** Tells what becomes of turns, before anybody else can hear of it. */
export const reportTurns = (store: Store): Store =>
  withTurns(store, {
    async begin(turn, owner) {
      await store.turns.begin(turn, owner);
      const { channelId, messageId, inReplyToMessageId: question } = turn;
      report({ turn: { step: 'begun', channelId, messageId, question } });
    },
    async renew(claims) {
      const renewals = await store.turns.renew(claims);
      for (const [index, { channelId, messageId, owner, next, answer }] of claims.entries()) {
        if (renewals[index] === 'gone') continue;
        if (answer?.text) report({ turn: { step: 'kept', channelId, messageId } });
        if (next && next !== owner) report({ turn: { step: 'taken', channelId, messageId } });
      }
      return renewals;
    },
    async end(channelId, messageId) {
      await store.turns.end(channelId, messageId);
      report({ turn: { step: 'ended', channelId, messageId } });
    },
  });
