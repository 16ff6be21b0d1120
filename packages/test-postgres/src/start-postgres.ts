import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const HOST = '127.0.0.1';
const USER = 'test';
const READY = 'database system is ready to accept connections';

/** A PostgreSQL of its own, with nothing in it. */
export interface PostgresInstance {
  /** Connection string of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** How a PostgreSQL is started. */
export interface PostgresOptions {
  /** Whether what is committed is on the disk, as it comes; tests do without. */
  readonly isDurable: boolean;
  /** Folder its data folder is made in. Default: the system's for temporary files. */
  readonly parent?: string;
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function chooseUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** An empty folder that belongs to the user and that it can reach. */
function createDataFolder(parent: string | undefined, { uid, gid }: ReturnType<typeof chooseUser>): string {
  const data = mkdtempSync(join(parent ?? tmpdir(), 'wirepact-postgres-'));
  if (uid === undefined || gid === undefined) return data;
  if (parent !== undefined) chmodSync(parent, 0o711);
  chownSync(data, uid, gid);
  return data;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, HOST, resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const whenReady = (server: ChildProcess) =>
  new Promise<void>((resolve, reject) => {
    let output = '';
    server.stderr?.on('data', (chunk) => {
      output += chunk;
      if (output.includes(READY)) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${output}`)));
  });

/** Starts PostgreSQL, whose programs are in a folder, on a free port of this machine only. */
export async function startPostgres(
  programs: string,
  { isDurable, parent }: PostgresOptions,
): Promise<PostgresInstance> {
  const user = chooseUser();
  const data = createDataFolder(parent, user);
  const options = { ...user, cwd: data };
  const init = ['-D', data, '-U', USER, '-A', 'trust', '--no-sync'];
  execFileSync(join(programs, 'initdb'), init, { ...options, stdio: 'ignore' });

  const port = await findFreePort();
  const settings = ['-D', data, '-p', `${port}`, '-h', HOST, '-k', '', ...(isDurable ? [] : ['-F'])];
  const server = spawn(join(programs, 'postgres'), settings, {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = () => server.kill('SIGQUIT');
  process.once('exit', end);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await whenReady(server);

  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      const where = ['-h', HOST, '-p', `${port}`, '-U', USER];
      await promisify(execFile)(join(programs, 'createdb'), [...where, name]);
      return `postgres://${USER}@${HOST}:${port}/${name}`;
    },
    async stop() {
      process.off('exit', end);
      server.kill('SIGINT');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
