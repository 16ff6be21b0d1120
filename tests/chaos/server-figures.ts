import type { TurnRecord } from './run-record';
import type { ReplayReport, ServerReport, TurnReport } from './server-reports';

const isReport = (message: unknown): message is ServerReport =>
  typeof message === 'object' &&
  message !== null &&
  ('replay' in message || 'defects' in message || 'turn' in message);

/** A turn in which nothing is said is over sooner, in milliseconds. */
const ANSWERING_MS = 100;

/** What server processes reported, summed up. */
export class ServerFigures {
  /** Most events that one replay had. */
  longestReplay = 0;
  /** Most pages that one replay had. */
  mostPages = 0;
  /** How often a server did what its defect is. */
  defects = 0;
  /** Turns that began, by the id of their answer. */
  readonly turns = new Map<string, TurnRecord>();
  /** Replays that go on, by channel and the number they have reached. */
  private readonly unfinished = new Map<string, { entries: number; pages: number }>();

  /** Whether an agent of this process is in the middle of an answer. */
  isAnswering(pid: number | undefined): boolean {
    const latest = performance.now() - ANSWERING_MS;
    for (const turn of this.turns.values())
      if (turn.pid === pid && !turn.isEnded && turn.begunAt < latest) return true;
    return false;
  }

  /** Takes a message of a server process. */
  take(pid: number | undefined, message: unknown): void {
    if (!isReport(message)) return;
    if (message.turn) this.takeTurn(pid, message.turn);
    if (message.replay) this.takeReplay(message.replay);
    this.defects += message.defects ?? 0;
  }

  private takeTurn(pid: number | undefined, { step, channelId, messageId, question = '' }: TurnReport): void {
    const begunAt = performance.now();
    const state = { isKept: false, isTakenOver: false, isEnded: false };
    const begun: TurnRecord = { channelId, messageId, question, pid, begunAt, ...state };
    if (step === 'begun') this.turns.set(messageId, begun);
    const turn = this.turns.get(messageId);
    // Of one whose process was killed before it had told of it, nothing is known.
    if (!turn) return;
    if (step === 'kept') turn.isKept = true;
    if (step === 'taken') {
      turn.isTakenOver = true;
      turn.pid = pid;
    }
    if (step === 'ended') turn.isEnded = true;
  }

  private takeReplay({ channelId, after, seq, entries, hasMore }: ReplayReport): void {
    const begun = this.unfinished.get(`${channelId} ${after}`);
    this.unfinished.delete(`${channelId} ${after}`);
    const sum = { entries: entries + (begun?.entries ?? 0), pages: 1 + (begun?.pages ?? 0) };
    this.longestReplay = Math.max(this.longestReplay, sum.entries);
    this.mostPages = Math.max(this.mostPages, sum.pages);
    if (hasMore) this.unfinished.set(`${channelId} ${seq}`, sum);
  }
}
