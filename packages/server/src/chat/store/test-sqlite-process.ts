import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A database file in the hands of another process. Locks of a file hold between processes, not within one. */
export interface SqliteProcess {
  /** Runs a statement there; resolves to its rows. */
  run(sql: string): Promise<unknown>;
  /** Ends the process. */
  close(): Promise<void>;
}

/** Answers each statement it is sent with its rows. */
const PROGRAM = `
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite') ?? (await import('@photostructure/sqlite'));
  const database = new DatabaseSync(process.argv[1]);
  process.on('message', (sql) => process.send(database.prepare(sql).all()));
  process.send('open');`;

/** Opens a database file in a process of its own, until the test ends. */
export async function openElsewhere(file: string): Promise<SqliteProcess> {
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module'];
  const child = spawn(process.execPath, [...flags, '-e', PROGRAM, file], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const receive = async (): Promise<unknown> => {
    const [message] = await Promise.race([
      once(child, 'message'),
      ended.then(() => Promise.reject(new Error(`The process that has ${file} open has ended.`))),
    ]);
    return message;
  };
  const close = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  onTestFinished(close);
  await receive();
  return {
    run(sql) {
      child.send(sql);
      return receive();
    },
    close,
  };
}
