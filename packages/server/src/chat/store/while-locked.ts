import { setTimeout as delay } from 'node:timers/promises';
import { faultOfSqlite } from './sqlite-errors';

const FIRST_PAUSE_MS = 5;
const MAX_PAUSE_MS = 100;

/**
 * Tries again as long as another process holds the file locked, for `timeoutMs` at most. Between attempts everything else
 * in this process goes on; SQLite's own way of waiting would stop it.
 * @param work leaves nothing behind where it rejects.
 */
export async function whileLocked<Result>(
  timeoutMs: number,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const until = performance.now() + timeoutMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    try {
      return await work();
    } catch (cause) {
      if (faultOfSqlite(cause) !== 'conflict' || performance.now() + pause > until) throw cause;
    }
    await delay(pause * (0.5 + Math.random() / 2));
  }
}
