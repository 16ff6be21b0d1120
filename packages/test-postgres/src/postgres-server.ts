import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresUser } from './postgres-user';

const READY = 'database system is ready to accept connections';
/** What a start fails with while processes of a killed server are still about to end. */
const STILL_ENDING = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/;
const END_TIMEOUT_MS = 60_000;
const RETRY_MS = 100;

/** Whether a process has ended. */
export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** Sends a signal to a process, also to one that was stopped, and waits until it has ended. */
export async function endServer(server: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (hasEnded(server)) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  server.kill('SIGCONT');
  await ended;
}

/** Resolves with nothing once the server takes connections, and with what it said where it ended instead. */
const watchStart = (server: ChildProcess) =>
  new Promise<string | undefined>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      if (!output.includes(READY)) return;
      server.stderr?.off('data', read).resume();
      resolve(undefined);
    };
    server.stderr?.on('data', read);
    server.once('error', reject);
    server.once('close', () => resolve(output));
  });

/** Starts the program `postgres`; resolves with its process once it takes connections. */
export async function startServer(
  program: string,
  settings: readonly string[],
  options: PostgresUser & { readonly cwd: string },
): Promise<ChildProcess> {
  const latest = Date.now() + END_TIMEOUT_MS;
  for (;;) {
    const server = spawn(program, settings, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const failure = await watchStart(server);
    if (failure === undefined) return server;
    if (!STILL_ENDING.test(failure) || Date.now() > latest)
      throw new Error(`PostgreSQL did not start: ${failure}`);
    await delay(RETRY_MS);
  }
}
