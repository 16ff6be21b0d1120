import type { Commit } from '../../../runtime/ports/metrics';
import { Backlog, GroupCommit, type GroupCommitOptions, type MakeWay } from './group-commit';
import type { Write } from './run-batch';

/** Lanes besides the first at most. Each keeps a connection while it waits. */
const MAX_LANES_APART = 3;

type Run = GroupCommitOptions<Write>['run'];

/** What writes are committed with. */
export interface CommitLanesOptions
  extends Pick<GroupCommitOptions<Write>, 'countTogether' | 'faultOf' | 'timeoutMs'> {
  /** Does writes in one transaction; the fault is `busy` where it would have to wait for others for long. */
  readonly runBriefly: Run;
  /** The same, and waits for others as long as it may. */
  readonly run: Run;
  /** Which channels of these writes others have locked. */
  readonly findLocked: (writes: readonly Write[]) => Promise<ReadonlySet<string>>;
  /** Writes that wait at most. */
  readonly maxWaiting: number;
}

/** Writes to channels that others had locked, which wait for these without anything else waiting behind them. */
interface LaneApart {
  readonly channelIds: Set<string>;
  readonly commits: GroupCommit<Write>;
}

/** Commits writes in order for each channel: all together, but for channels that somebody else keeps locked for long. */
export class CommitLanes {
  private readonly listeners = new Set<(commit: Commit) => void>();
  private readonly backlog: Backlog;
  private readonly first: GroupCommit<Write>;
  private readonly apart = new Set<LaneApart>();

  constructor(private readonly options: CommitLanesOptions) {
    this.backlog = new Backlog(options.maxWaiting);
    this.first = this.createCommits(options.runBriefly, {
      makeWay: async (writes) => this.toMakeWay(await options.findLocked(writes)),
    });
  }

  /** As {@link GroupCommit.write}. */
  write(write: Write, bytes: number): Promise<unknown> {
    return (this.findApart(write.channelId)?.commits ?? this.first).write(write, bytes);
  }

  /** Calls `listener` with every transaction, whether it is committed or not. Returns a function that ends it. */
  watch(listener: (commit: Commit) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    await this.first.idle();
    await Promise.all([...this.apart].map(({ commits }) => commits.idle()));
  }

  private createCommits(
    run: Run,
    rest: Pick<GroupCommitOptions<Write>, 'makeWay' | 'onIdle'>,
  ): GroupCommit<Write> {
    const { countTogether, faultOf, timeoutMs } = this.options;
    const { backlog } = this;
    return new GroupCommit({
      run: (batch) => this.measure(batch, run),
      countTogether,
      faultOf,
      timeoutMs,
      backlog,
      ...rest,
    });
  }

  private findApart(channelId: string): LaneApart | undefined {
    for (const lane of this.apart) if (lane.channelIds.has(channelId)) return lane;
    return undefined;
  }

  private toMakeWay(locked: ReadonlySet<string>): MakeWay<Write> {
    return (waiting) =>
      waiting.filter((one) => {
        const { channelId } = one.write;
        const isLocked = locked.has(channelId);
        if (isLocked) (this.findApart(channelId) ?? this.addApart(channelId)).commits.take(one);
        return !isLocked;
      });
  }

  /** A lane for a channel: one of its own, as long as there are not too many. */
  private addApart(channelId: string): LaneApart {
    const [oldest] = this.apart;
    if (oldest && this.apart.size >= MAX_LANES_APART) {
      oldest.channelIds.add(channelId);
      return oldest;
    }
    const onIdle = () => void this.apart.delete(lane);
    const commits = this.createCommits(this.options.run, { onIdle });
    const lane: LaneApart = { channelIds: new Set([channelId]), commits };
    this.apart.add(lane);
    return lane;
  }

  /** Runs a batch, and tells those who measure it. */
  private async measure(batch: readonly Write[], run: Run): Promise<readonly unknown[]> {
    if (this.listeners.size === 0) return run(batch);
    const since = performance.now();
    const tell = (isStored: boolean) => {
      const commit = { writes: batch.length, ms: performance.now() - since, isStored };
      for (const listener of this.listeners) listener(commit);
    };
    try {
      const results = await run(batch);
      tell(true);
      return results;
    } catch (cause) {
      tell(false);
      throw cause;
    }
  }
}
