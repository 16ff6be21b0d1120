import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Store } from '@wirepact/server';

const BACKLOG_CHECK_MS = 50;

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
  /** Bytes that wait in this process for a connection, as the system takes no more for it. */
  readonly backlog?: number;
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
export const reportTurns = (store: Store): Store => ({
  ...store,
  turns: {
    ...store.turns,
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
  },
});

/** Tells of the longest backlog of a connection, whenever there is a longer one. */
export function reportBacklog(server: Server): void {
  const sockets = new Set<Socket>();
  let longest = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const check = () => {
    const backlog = Math.max(0, ...[...sockets].map(({ writableLength }) => writableLength));
    if (backlog <= longest) return;
    longest = backlog;
    report({ backlog });
  };
  setInterval(check, BACKLOG_CHECK_MS).unref();
}
