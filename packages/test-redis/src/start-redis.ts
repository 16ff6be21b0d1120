import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOST = '127.0.0.1';
const READY = 'Ready to accept connections';

/** A Redis of its own, with nothing in it. */
export interface RedisInstance {
  readonly url: string;
  readonly port: number;
  /** Process id of the server that runs; another one after a start. */
  readonly pid: number;
  /** Ends it as a crash does (SIGKILL); what it had is gone. Its port stays its own. */
  kill(): Promise<void>;
  /** Starts it again, empty, on its port; one that still runs is killed before. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, HOST, resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts the program; resolves with its process once it takes connections, and rejects with what it said where it does not. */
function startServer(program: string, port: number, folder: string): Promise<ChildProcess> {
  const settings = ['--port', `${port}`, '--bind', HOST, '--dir', folder, '--save', '', '--appendonly', 'no'];
  const server = spawn(program, settings, { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      if (!output.includes(READY)) return;
      for (const stream of [server.stdout, server.stderr]) stream.off('data', read).resume();
      resolve(server);
    };
    for (const stream of [server.stdout, server.stderr]) stream.on('data', read);
    server.once('error', reject);
    server.once('close', () => reject(new Error(`Redis did not start: ${output}`)));
  });
}

async function endServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

/** Starts a Redis by its program, on a free port of this machine only, which keeps nothing on the disk. */
export async function startRedis(program: string): Promise<RedisInstance> {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-redis-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const port = await findFreePort();
  let server = await startServer(program, port, folder).catch((cause) => {
    remove();
    throw cause;
  });
  const end = () => void server.kill('SIGKILL');
  process.once('exit', end);
  return {
    url: `redis://${HOST}:${port}`,
    port,
    get pid() {
      return server.pid ?? 0;
    },
    kill: () => endServer(server),
    async restart() {
      await endServer(server);
      server = await startServer(program, port, folder);
    },
    async stop() {
      process.off('exit', end);
      await endServer(server);
      remove();
    },
  };
}
