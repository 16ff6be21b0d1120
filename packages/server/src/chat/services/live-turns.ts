import type { AnswerStream } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { ServerMeter } from '../../runtime/ports/metrics';
import type { TurnClaim, TurnStore } from '../ports/turn-store';
import { toSnapshot } from './answer-stream';
import type { ChatConnection } from './channel-feed';
import type { ChunkWire } from './chunk-wire';
import { DoubtfulTurns } from './doubtful-turns';
import type { ChannelLife, Turn } from './turn';
import type { TurnEnds } from './turn-ends';
import { TurnWatch, type TurnWatchDeps } from './turn-watch';

/** How long a store may take to note that turns are left, in milliseconds: one of ours gives up earlier by default. */
const LEAVE_MS = 5_000;

/** A turn that this process cares for, until everybody has heard of its end. */
interface LiveTurn {
  readonly turn: Turn;
  /** Called the first time only. */
  readonly onFailure: () => void;
  settling: Promise<void> | undefined;
}

/** What {@link LiveTurns} need. */
export interface LiveTurnsDeps {
  readonly turns: TurnStore;
  readonly owner: string;
  readonly ends: TurnEnds;
  readonly wire: Pick<ChunkWire, 'send' | 'end' | 'joining' | 'snapshot' | 'mayReadThoughts' | 'wasEnded'>;
  readonly isThere: TurnWatchDeps['isThere'];
  /** Told of turns that have ended; `undefined` where nobody measures them. */
  readonly meter: Pick<ServerMeter, 'ended'> | undefined;
  readonly logger: Logger;
}

/** Calls `action` the first time only. */
function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

/** The turns that this process cares for: those of its agents, and those it has taken over. */
export class LiveTurns {
  private readonly live = new Map<string, LiveTurn>();
  private readonly doubtful: DoubtfulTurns;
  private readonly watch: TurnWatch;
  private released: Promise<void> = Promise.resolve();

  constructor(private readonly deps: LiveTurnsDeps) {
    this.doubtful = new DoubtfulTurns(deps.turns);
    this.watch = new TurnWatch({
      ...deps,
      forgetDoubtful: () => this.doubtful.forget(),
      own: () => [...this.live.values()].map(({ turn }) => turn),
      settle: (turn) => this.settle(turn),
      adopt: (turn) => {
        this.add(turn, () => {});
        void this.settle(turn);
      },
    });
  }

  /** Begins to look after turns of processes that are gone. */
  start(): void {
    this.watch.start();
  }

  add(turn: Turn, onFailure: () => void): void {
    this.live.set(turn.subject.messageId, { turn, onFailure: once(onFailure), settling: undefined });
  }

  /** The store did not say whether it knows of a turn, which fails here. */
  doubt(turn: Turn): void {
    this.doubtful.add(turn.subject);
  }

  /** Forgets a turn that nobody has heard of. */
  remove(turn: Turn): void {
    this.live.delete(turn.subject.messageId);
  }

  /** Ends a turn that is over. Where the store cannot keep that now, it is tried again later. Never rejects. */
  settle(turn: Turn): Promise<void> {
    const live = this.live.get(turn.subject.messageId);
    if (!live) return Promise.resolve();
    live.settling ??= this.end(live).finally(() => {
      live.settling = undefined;
    });
    return live.settling;
  }

  /** Stops an answer, in whichever process it is given; false where there is none under way. */
  async cancel(channelId: string, messageId: string): Promise<boolean> {
    const turn = this.live.get(messageId)?.turn;
    if (turn?.subject.channelId !== channelId) return this.deps.turns.cancel(channelId, messageId);
    if (!turn.step('cancel')) return false;
    void this.settle(turn);
    return true;
  }

  /** Answers under way in this life of a channel, as a connection that joins is told them. */
  async streamsIn({ channelId, epoch }: ChannelLife, connection: ChatConnection): Promise<AnswerStream[]> {
    const { wire } = this.deps;
    const all = await this.watch.othersIn(channelId);
    const others = all.filter((turn) => turn.epoch === epoch);
    // The end of one in which nothing was said is not heard of everywhere; a message is. The store forgets one after its end.
    const told = others.filter(({ answer: { text }, messageId }) => text !== '' && !wire.wasEnded(messageId));
    const mayReadThoughts = wire.mayReadThoughts(connection, channelId);
    const ofOtherLives = this.listOwn(channelId).filter(({ subject }) => subject.epoch !== epoch);
    await Promise.all(ofOtherLives.map((turn) => this.dropIfOver(turn)));
    const own = this.listOwn(channelId).filter(({ subject, isOver }) => subject.epoch === epoch && !isOver);
    return [
      ...own.flatMap((turn) => wire.snapshot(turn, connection) ?? []),
      ...told.map((turn) => toSnapshot(turn, turn.answer, { nextIndex: 0, mayReadThoughts })),
    ];
  }

  /** Nothing is to be said in this channel any more. */
  stop(channelId: string): void {
    for (const turn of this.listOwn(channelId)) this.drop(turn);
  }

  /** Leaves every turn under way to other processes, or to this server once it runs again. */
  close(): void {
    this.watch.stop();
    const { owner } = this.deps;
    const left = [...this.live.values()].map(({ turn }) => turn);
    this.live.clear();
    const claims = left
      .filter(({ isKept }) => isKept)
      .map(({ subject: { channelId, messageId }, draft: { answer } }) => {
        return { channelId, messageId, owner, answer, next: '' };
      });
    for (const turn of left) turn.drop();
    if (claims.length > 0) this.released = this.release(claims);
  }

  /** Resolves once the store knows that {@link close} has left its turns, or has not said so in time. */
  async left(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LEAVE_MS).unref();
    });
    await Promise.race([this.released, late]);
    clearTimeout(timer);
  }

  /** Never rejects: what the store does not know now, other processes find out. */
  private async release(claims: readonly TurnClaim[]): Promise<void> {
    try {
      await this.deps.turns.renew(claims);
    } catch {
      // The store says itself that it cannot be used.
    }
  }

  private listOwn(channelId: string): Turn[] {
    return [...this.live.values()].flatMap(({ turn }) =>
      turn.subject.channelId === channelId ? [turn] : [],
    );
  }

  private drop(turn: Turn): void {
    const { channelId, messageId } = turn.subject;
    turn.drop();
    this.remove(turn);
    if (turn.isKept) this.deps.turns.end(channelId, messageId).catch(() => {});
  }

  /** Where nobody of this process was in a channel that another one deleted, nobody here has heard of that. */
  private async dropIfOver(turn: Turn): Promise<void> {
    if (!(await this.deps.isThere(turn.subject))) this.drop(turn);
  }

  private async end({ turn, onFailure }: LiveTurn): Promise<void> {
    turn.stream.end();
    this.deps.wire.end(turn);
    try {
      await this.deps.ends.end(turn, onFailure);
      this.remove(turn);
      this.deps.meter?.ended('turn', turn.state);
    } catch (err) {
      const { channelId, messageId, agentId } = turn.subject;
      this.deps.logger.error(
        { err, channelId, messageId, agentId },
        'the end of an answer could not be stored; it is tried again',
      );
    }
  }
}
