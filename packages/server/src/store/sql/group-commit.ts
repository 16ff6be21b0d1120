import type { Appended, NewStoredMessage } from '../../ports/store';

/** Writes committed together at most. */
const MAX_BATCH = 256;

/** Something to be written in a transaction `T`. */
type Work<T> =
  | { readonly kind: 'append'; readonly message: NewStoredMessage }
  | { readonly kind: 'other'; readonly run: (transaction: T) => Promise<unknown> };

interface Write<T> {
  readonly work: Work<T>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

/** What a group commit needs of its database. */
export interface GroupCommitOptions<T> {
  /** Runs `work` in one transaction; resolves once it is committed, rejects with nothing written. */
  readonly inTransaction: <Result>(work: (transaction: T) => Promise<Result>) => Promise<Result>;
  readonly append: (
    transaction: T,
    messages: readonly NewStoredMessage[],
  ) => Promise<(Appended | undefined)[]>;
}

/** Commits writes that arrive together in one transaction: one wait for the disk serves them all. */
export interface GroupCommit<T> {
  append(message: NewStoredMessage): Promise<Appended | undefined>;
  write<Result>(run: (transaction: T) => Promise<Result>): Promise<Result>;
  /** Resolves when nothing is left to write. */
  idle(): Promise<void>;
}

/** Neighbouring messages to append as one piece of work, everything else by itself; in order. */
function groupAppends<T>(batch: readonly Write<T>[]): Write<T>[][] {
  const groups: Write<T>[][] = [];
  for (const write of batch) {
    const last = groups.at(-1);
    if (write.work.kind === 'append' && last?.[0]?.work.kind === 'append') last.push(write);
    else groups.push([write]);
  }
  return groups;
}

export function createGroupCommit<T>({ inTransaction, append }: GroupCommitOptions<T>): GroupCommit<T> {
  const queue: Write<T>[] = [];
  let running: Promise<void> | undefined;

  /** The results of a batch, in its order. */
  const run = async (transaction: T, batch: readonly Write<T>[]): Promise<unknown[]> => {
    const results: unknown[] = [];
    for (const group of groupAppends(batch)) {
      const [{ work } = { work: undefined }] = group;
      if (work?.kind === 'other') results.push(await work.run(transaction));
      else
        results.push(
          ...(await append(
            transaction,
            group.flatMap((write) => (write.work.kind === 'append' ? [write.work.message] : [])),
          )),
        );
    }
    return results;
  };

  const commit = async (batch: readonly Write<T>[]): Promise<void> => {
    try {
      const results = await inTransaction((transaction) => run(transaction, batch));
      batch.forEach(({ resolve }, index) => void resolve(results[index]));
    } catch (cause) {
      if (batch.length === 1) batch[0]?.reject(cause);
      // One of them may be at fault: each gets a transaction, and an answer, of its own.
      else for (const write of batch) await commit([write]);
    }
  };

  const drain = async (): Promise<void> => {
    // Whatever else arrives in this turn of the event loop is committed with it.
    await new Promise(setImmediate);
    while (queue.length > 0) await commit(queue.splice(0, MAX_BATCH));
    running = undefined;
  };

  const enqueue = (work: Work<T>) =>
    new Promise<unknown>((resolve, reject) => {
      queue.push({ work, resolve, reject });
      running ??= drain();
    });

  return {
    // What a write resolves with is what its own work answered: the queue only keeps the order.
    append: (message) => enqueue({ kind: 'append', message }) as Promise<Appended | undefined>,
    write: <Result>(work: (transaction: T) => Promise<Result>) =>
      enqueue({ kind: 'other', run: work }) as Promise<Result>,
    async idle() {
      await running;
    },
  };
}
