import { WirepactError } from '@wirepact/contract/runtime';
import type { Commit } from '../../../runtime/ports/metrics';
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

/** What a group commit needs of its store. */
export interface GroupCommitOptions<Write> {
  /** Does these writes in one transaction: resolves with their answers once it is committed, rejects with nothing written. */
  readonly run: (batch: readonly Write[]) => Promise<readonly unknown[]>;
  /** How many of these may be in one batch, from the first on. */
  readonly countTogether: (writes: readonly Write[]) => number;
  readonly faultOf: (cause: unknown) => Fault;
  /** Writes that wait at most. */
  readonly maxWaiting: number;
  /** How long a write waits for those before it at most, in milliseconds. */
  readonly timeoutMs: number;
}

interface Waiting<Write> {
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
  private waitingBytes = 0;
  private running: Promise<void> | undefined;
  private readonly listeners = new Set<(commit: Commit) => void>();

  constructor(private readonly options: GroupCommitOptions<Write>) {}

  /**
   * Resolves with what the write answers once it is committed; where it answers with an error, it rejects.
   * @throws WirepactError `OVERLOADED` where too many wait, `STORE_UNAVAILABLE`, and `INVALID_PAYLOAD` where the database
   * refuses the values.
   */
  write(write: Write, bytes: number): Promise<unknown> {
    const isFull = this.queue.length >= this.options.maxWaiting;
    const isTooMuch = this.queue.length > 0 && this.waitingBytes + bytes > MAX_WAITING_BYTES;
    if (isFull || isTooMuch) return Promise.reject(overloaded());
    return new Promise((resolve, reject) => {
      this.queue.push({ write, bytes, since: performance.now(), resolve, reject });
      this.waitingBytes += bytes;
      this.running ??= this.drain();
    });
  }

  /** Calls `listener` with every transaction, whether it is committed or not. Returns a function that ends it. */
  watch(listener: (commit: Commit) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
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
    for (const taken of batch) this.waitingBytes -= taken.bytes;
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

  /** As the option `run`, for those who measure it. */
  private async run(batch: readonly Write[]): Promise<readonly unknown[]> {
    if (this.listeners.size === 0) return this.options.run(batch);
    const since = performance.now();
    const tell = (isStored: boolean) => {
      const commit = { writes: batch.length, ms: performance.now() - since, isStored };
      for (const listener of this.listeners) listener(commit);
    };
    try {
      const results = await this.options.run(batch);
      tell(true);
      return results;
    } catch (cause) {
      tell(false);
      throw cause;
    }
  }

  private async commit(batch: readonly Waiting<Write>[]): Promise<void> {
    const { faultOf } = this.options;
    try {
      const results = await this.run(batch.map(({ write }) => write));
      batch.forEach((waiting, index) => void settle(waiting, results[index]));
    } catch (cause) {
      const fault = faultOf(cause);
      const isOfOne = fault === 'value' || fault === 'place';
      // Whichever is at fault is found by halves, so that the others are stored.
      if (isOfOne && batch.length > 1) for (const half of halve(batch)) await this.commit(half);
      else for (const { reject } of batch) reject(toStoreError(cause, fault));
    }
  }
}
