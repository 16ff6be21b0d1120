import { CompiledQuery, type DatabaseConnection, type Dialect, DummyDriver, Kysely } from 'kysely';
import type { StoreSchema } from './schema';
import type { WriteWork } from './sql-database';

const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/** How transactions are run. */
export interface TransactionOptions {
  readonly dialect: Dialect;
  /**
   * Whether statements travel before those ahead of them are answered. The database has to do none behind one that failed,
   * and to make a commit behind it undo what is done.
   */
  readonly isPipelined: boolean;
}

/** The query layer of a database, and what runs transactions in it. */
export interface Transactions {
  readonly kysely: Kysely<StoreSchema>;
  /** Runs `work` on one connection between `begin` and a commit. */
  readonly run: <Result>(begin: string, work: WriteWork<Result>) => Promise<Result>;
}

async function runOn<Result>(
  connection: Kysely<StoreSchema>,
  begin: string,
  work: WriteWork<Result>,
  isPipelined: boolean,
): Promise<Result> {
  const asked: Promise<unknown>[] = [];
  const answered = async () => {
    for (const answer of asked) await answer;
  };
  const ask = async (query: CompiledQuery) => {
    const answer = connection.executeQuery(query);
    answer.catch(() => undefined);
    asked.push(answer);
    if (!isPipelined) await answer;
  };
  try {
    await ask(CompiledQuery.raw(begin));
    const result = await work(connection, ask);
    await ask(COMMIT);
    await answered();
    return result;
  } catch (cause) {
    // What failed first says why: whatever came behind it failed because of it.
    const first = await answered().then(
      () => cause,
      (failure: unknown) => failure,
    );
    // After some errors, such as a full disk, the database has rolled back by itself, or cannot be reached.
    await connection.executeQuery(ROLLBACK).catch(() => undefined);
    throw first;
  }
}

/** Opens the query layer of a database. */
export function createTransactions({ dialect, isPipelined }: TransactionOptions): Transactions {
  const kysely = new Kysely<StoreSchema>({ dialect });
  const executor = kysely.getExecutor();
  const props = { config: { dialect }, dialect, driver: new DummyDriver() };
  // Kysely's own connection would wait for the answer to one statement before it sends the next.
  const over = (connection: DatabaseConnection) =>
    new Kysely<StoreSchema>({
      ...props,
      executor: executor.withConnectionProvider({ provideConnection: (consumer) => consumer(connection) }),
    });
  return {
    kysely,
    run: (begin, work) =>
      executor.provideConnection((connection) => runOn(over(connection), begin, work, isPipelined)),
  };
}
