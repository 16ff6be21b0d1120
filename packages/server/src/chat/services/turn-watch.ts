import { AsyncResource } from 'node:async_hooks';
import type { Logger } from 'pino';
import type { StoredTurn, TurnRow, TurnStore } from '../ports/turn-store';
import { type ChannelLife, Turn } from './turn';

/** How often a process says that it cares for its turns, and looks after those of others, in milliseconds. */
const BEAT_MS = 2_000;
/** So many looks at a turn whose process has said nothing mean that it is gone. */
const SILENT_LOOKS = 3;
/** Turns of others that are looked after at once. */
const MAX_OTHERS = 1_000;

/** What {@link TurnWatch} needs. */
export interface TurnWatchDeps {
  readonly turns: TurnStore;
  readonly owner: string;
  /** Turns that this process cares for. */
  readonly own: () => readonly Turn[];
  /** Has the store forget turns of this process that it may know, though they are over. */
  readonly forgetDoubtful: () => Promise<void>;
  /** Ends a turn that is over; tries again where that did not work before. */
  readonly settle: (turn: Turn) => Promise<void>;
  /** Whether a channel has not been deleted, nor made anew. */
  readonly isThere: (life: ChannelLife) => Promise<boolean>;
  /** Takes a turn over whose process is gone. */
  readonly adopt: (turn: Turn) => void;
  readonly logger: Logger;
}

const keyOf = ({ channelId, messageId }: Pick<TurnRow, 'channelId' | 'messageId'>) =>
  `${channelId} ${messageId}`;

/** Sees to it that every turn ends, also one whose process is gone. */
export class TurnWatch {
  private seen = new Map<string, { readonly row: TurnRow; readonly looks: number }>();
  private isLooking = false;
  private timer: NodeJS.Timeout | undefined;
  /** A look belongs to no request, not even to the one that has begun the watch. */
  private readonly lookApart = AsyncResource.bind(() => void this.look());

  constructor(private readonly deps: TurnWatchDeps) {}

  start(): void {
    if (this.timer) return;
    this.timer = setInterval(this.lookApart, BEAT_MS).unref();
    this.lookApart();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Turns of this channel that other processes care for. */
  async othersIn(channelId: string): Promise<StoredTurn[]> {
    const rows = [...this.seen.values()].flatMap(({ row }) => (row.channelId === channelId ? row : []));
    const turns = await Promise.all(rows.map((row) => this.deps.turns.get(channelId, row.messageId)));
    return turns.filter((turn) => turn !== undefined);
  }

  /** One look at a time, however long the store takes. */
  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      await this.renewOwn();
      await this.deps.forgetDoubtful();
      await this.lookAfterOthers();
    } catch {
      // The store says itself that it cannot be used; the next look is as good.
    } finally {
      this.isLooking = false;
    }
  }

  private async renewOwn(): Promise<void> {
    const { turns, owner, own, settle } = this.deps;
    const kept = own().filter(({ isKept }) => isKept);
    const versions = kept.map(({ draft }) => draft.version);
    const claims = kept.map(({ subject: { channelId, messageId }, draft, keptVersion }) => ({
      channelId,
      messageId,
      owner,
      ...(draft.version !== keptVersion && { answer: draft.answer }),
    }));
    const renewals = claims.length > 0 ? await turns.renew(claims) : [];
    for (const [index, turn] of kept.entries()) {
      turn.keptVersion = versions[index] ?? 0;
      // One that is over may have ended meanwhile.
      if (renewals[index] === 'gone' && !turn.isOver) turn.drop();
      if (renewals[index] === 'cancelled') turn.step('cancel');
      if (turn.isOver) await settle(turn);
    }
  }

  private async lookAfterOthers(): Promise<void> {
    const rows = await this.deps.turns.listOthers(this.deps.owner, MAX_OTHERS);
    const before = this.seen;
    this.seen = new Map();
    for (const row of rows) {
      const known = before.get(keyOf(row));
      const isSilent = known?.row.owner === row.owner && known.row.beat === row.beat;
      const looks = isSilent ? known.looks + 1 : 0;
      if (looks >= SILENT_LOOKS || row.owner === '') await this.takeOver(row);
      else this.seen.set(keyOf(row), { row, looks });
    }
  }

  private async takeOver(row: TurnRow): Promise<void> {
    const { turns, owner: next, isThere, adopt, logger } = this.deps;
    const { channelId, messageId } = row;
    const [renewal] = await turns.renew([{ ...row, next }]);
    if (renewal === 'gone') return;
    const stored = await turns.get(channelId, messageId);
    if (!stored) return;
    if (!(await isThere(stored))) return turns.end(channelId, messageId);
    logger.warn(
      { channelId, messageId },
      'the server process that gave an answer is gone: the answer is ended here',
    );
    adopt(Turn.lost(stored, renewal === 'cancelled' ? 'cancel' : 'lose'));
  }
}
