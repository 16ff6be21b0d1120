import { WirepactError } from '@wirepact/contract/runtime';
import { giveWay } from '../give-way';
import { type Fault, toStoreError } from './fault';

/** Writes committed together at most. */
const MAX_BATCH = 256;
/** Turns of the event loop that bring nothing to write, after which what waits is committed. */
const QUIET_TURNS = 6;
/** Milliseconds after which it is, whatever arrives. */
const GATHER_MS = 5;
/** Bytes committed together at most; one write is, whatever its size. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
/** Bytes that wait to be committed at most. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** What waits to be committed, bounded; of several that commit by themselves, together. */
export class Backlog {
  private writes = 0;
  private bytes = 0;

  constructor(private readonly maxWrites: number) {}

  hasRoomFor(bytes: number): boolean {
    return this.writes < this.maxWrites && (this.writes === 0 || this.bytes + bytes <= MAX_WAITING_BYTES);
  }

  add({ bytes }: { readonly bytes: number }): void {
    this.writes += 1;
    this.bytes += bytes;
  }

  remove({ bytes }: { readonly bytes: number }): void {
    this.writes -= 1;
    this.bytes -= bytes;
  }
}

/** What a group commit needs of its store. */
export interface GroupCommitOptions<Write> {
  /** Does these writes in one transaction: resolves with their answers once it is committed, rejects with nothing written. */
  readonly run: (batch: readonly Write[]) => Promise<readonly unknown[]>;
  /** How many of these may be in one batch, from the first on. */
  readonly countTogether: (writes: readonly Write[]) => number;
  readonly faultOf: (cause: unknown) => Fault;
  readonly backlog: Backlog;
  /** How long a write waits for those before it at most, in milliseconds. */
  readonly timeoutMs: number;
  /**
   * Where others keep busy what these need: finds out which. The function it resolves with takes from what waits all that is to wait
   * elsewhere, and answers with the rest, which is tried again. Without it they are refused.
   */
  readonly makeWay?: (writes: readonly Write[]) => Promise<MakeWay<Write>>;
  /** Called when nothing is left to write. */
  readonly onIdle?: () => void;
}

/** Takes from what waits all that is to wait elsewhere; answers with the rest. */
export type MakeWay<Write> = (waiting: readonly Waiting<Write>[]) => readonly Waiting<Write>[];

/** A write that waits to be committed. */
export interface Waiting<Write> {
  readonly write: Write;
  readonly bytes: number;
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

const overloaded = () =>
  new WirepactError('OVERLOADED', 'Too much waits to be stored; try again later.', { retryable: true });

const settle = <Write>({ resolve, reject }: Waiting<Write>, result: unknown) =>
  result instanceof WirepactError ? reject(result) : resolve(result);

/** The two halves of a list. */
const halve = <Value>(values: readonly Value[]) => {
  const middle = Math.ceil(values.length / 2);
  return [values.slice(0, middle), values.slice(middle)];
};

/** Commits writes that arrive together in one transaction, in order: one wait for the disk serves them all. */
export class GroupCommit<Write> {
  private readonly queue: Waiting<Write>[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly options: GroupCommitOptions<Write>) {}

  /**
   * Resolves with what the write answers once it is committed; where it answers with an error, it rejects.
   * @throws WirepactError `OVERLOADED` where too many wait, `STORE_UNAVAILABLE`, and `INVALID_PAYLOAD` where the database
   * refuses the values.
   */
  write(write: Write, bytes: number): Promise<unknown> {
    if (!this.options.backlog.hasRoomFor(bytes)) return Promise.reject(overloaded());
    return new Promise((resolve, reject) => {
      this.take({ write, bytes, since: performance.now(), resolve, reject });
      this.options.backlog.add({ bytes });
    });
  }

  /** Takes over a write that waits, and counts as waiting already. */
  take(waiting: Waiting<Write>): void {
    this.queue.push(waiting);
    this.running ??= this.drain();
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async drain(): Promise<void> {
    await this.gather();
    await this.commit(this.takeBatch());
    while (this.queue.length > 0) {
      await this.gather();
      const batch = this.inTime(this.takeBatch());
      if (batch.length > 0) await this.commit(batch);
    }
    this.running = undefined;
    this.options.onIdle?.();
  }

  /**
   * Waits as long as more arrives to be committed with what waits: a look at the sockets costs nothing beside a commit. Everything else
   * has its turn meanwhile.
   */
  private async gather(): Promise<void> {
    const since = performance.now();
    let count = this.queue.length;
    let quiet = 0;
    while (quiet < QUIET_TURNS && count < MAX_BATCH && performance.now() - since < GATHER_MS) {
      await giveWay();
      quiet = this.queue.length > count ? 0 : quiet + 1;
      count = this.queue.length;
    }
  }

  /** Takes as many from the queue as are committed together. */
  private takeBatch(): Waiting<Write>[] {
    let bytes = 0;
    const fitting = this.queue.slice(0, MAX_BATCH).filter((waiting, index) => {
      bytes += waiting.bytes;
      return index === 0 || bytes <= MAX_BATCH_BYTES;
    });
    const batch = this.queue.splice(0, this.options.countTogether(fitting.map(({ write }) => write)));
    for (const taken of batch) this.options.backlog.remove(taken);
    return batch;
  }

  /** Those of a batch that have not waited too long for others; the rest is told. */
  private inTime(batch: readonly Waiting<Write>[]): Waiting<Write>[] {
    return batch.filter(({ since, reject }) => {
      if (performance.now() - since <= this.options.timeoutMs) return true;
      reject(toStoreError(new Error('It has waited too long for others to be stored.'), 'store'));
      return false;
    });
  }

  private async commit(batch: readonly Waiting<Write>[]): Promise<void> {
    const { faultOf, makeWay, run } = this.options;
    const parts = [batch];
    for (let part = parts.shift(); part; part = parts.shift()) {
      try {
        const results = await run(part.map(({ write }) => write));
        part.forEach((waiting, index) => void settle(waiting, results[index]));
      } catch (cause) {
        const fault = faultOf(cause);
        const isOfOne = fault === 'value' || fault === 'place';
        // Whichever is at fault is found by halves, so that the others are stored.
        if (isOfOne && part.length > 1) parts.unshift(...halve(part));
        else if (fault === 'busy' && makeWay) await this.putBack([part, ...parts.splice(0)].flat(), makeWay);
        else for (const { reject } of part) reject(toStoreError(cause, fault));
      }
    }
  }

  /** Lets wait again what was to be committed, ahead of what has arrived meanwhile, but for what is to wait elsewhere. */
  private async putBack(
    taken: readonly Waiting<Write>[],
    makeWay: NonNullable<GroupCommitOptions<Write>['makeWay']>,
  ): Promise<void> {
    try {
      const leaveOut = await makeWay(taken.map(({ write }) => write));
      for (const waiting of taken) this.options.backlog.add(waiting);
      this.queue.unshift(...taken);
      this.queue.push(...leaveOut(this.queue.splice(0)));
    } catch (cause) {
      for (const { reject } of taken) reject(toStoreError(cause, this.options.faultOf(cause)));
    }
  }
}
