import { WirepactError } from '@wirepact/contract/runtime';
import { giveWay } from '../give-way';
import { type Fault, toStoreError } from './fault';

/** Writes committed together at most. */
const MAX_BATCH = 256;
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

/** Commits writes that arrive together in one transaction: one wait for the disk serves them all. */
export interface GroupCommit<Write> {
  /**
   * Resolves with what the write answers once it is committed; where it answers with an error, it rejects.
   * @throws WirepactError `OVERLOADED` where too many wait, `STORE_UNAVAILABLE`, and `INVALID_PAYLOAD` where the database
   * refuses the values.
   */
  write(write: Write, bytes: number): Promise<unknown>;
  /** Resolves when nothing is left to write. */
  idle(): Promise<void>;
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

/** Writes in the order they came, until they are committed. */
export function createGroupCommit<Write>(options: GroupCommitOptions<Write>): GroupCommit<Write> {
  const { run, countTogether, faultOf, maxWaiting, timeoutMs } = options;
  const queue: Waiting<Write>[] = [];
  let waitingBytes = 0;
  let running: Promise<void> | undefined;

  const commit = async (batch: readonly Waiting<Write>[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ write }) => write));
      batch.forEach((waiting, index) => void settle(waiting, results[index]));
    } catch (cause) {
      const fault = faultOf(cause);
      const isOfOne = fault === 'value' || fault === 'place';
      // Whichever is at fault is found by halves, so that the others are stored.
      if (isOfOne && batch.length > 1) for (const half of halve(batch)) await commit(half);
      else for (const { reject } of batch) reject(toStoreError(cause, fault));
    }
  };

  /** Takes as many from the queue as are committed together. */
  const takeBatch = (): Waiting<Write>[] => {
    const first = queue.slice(0, MAX_BATCH);
    let bytes = 0;
    const fitting = first.filter((waiting, index) => {
      bytes += waiting.bytes;
      return index === 0 || bytes <= MAX_BATCH_BYTES;
    });
    const batch = queue.splice(0, countTogether(fitting.map(({ write }) => write)));
    for (const taken of batch) waitingBytes -= taken.bytes;
    return batch;
  };

  /** Those of a batch that have not waited too long; the others are told. */
  const inTime = (batch: readonly Waiting<Write>[]) =>
    batch.filter(({ since, reject }) => {
      if (performance.now() - since <= timeoutMs) return true;
      reject(toStoreError(new Error('It has waited too long for others to be stored.'), 'store'));
      return false;
    });

  const drain = async (): Promise<void> => {
    // Whatever else arrives in this turn of the event loop is committed with it, and everything else has its turn.
    await giveWay();
    await commit(takeBatch());
    while (queue.length > 0) {
      await giveWay();
      const batch = inTime(takeBatch());
      if (batch.length > 0) await commit(batch);
    }
    running = undefined;
  };

  return {
    write(write, bytes) {
      if (queue.length >= maxWaiting || (queue.length > 0 && waitingBytes + bytes > MAX_WAITING_BYTES)) {
        return Promise.reject(overloaded());
      }
      return new Promise((resolve, reject) => {
        queue.push({ write, bytes, since: performance.now(), resolve, reject });
        waitingBytes += bytes;
        running ??= drain();
      });
    },
    async idle() {
      await running;
    },
  };
}
