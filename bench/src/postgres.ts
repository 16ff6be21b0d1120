import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const READY = 'database system is ready to accept connections';
const USER = 'bench';

/** A PostgreSQL of the benchmark's own. */
export interface PostgresInstance {
  /** Connection string of an empty database. */
  readonly connection: string;
  stop(): Promise<void>;
}

/** Folder of PostgreSQL's programs, as Debian installs them; `undefined` where it is not installed. */
export function findPostgres(): string | undefined {
  if (!existsSync(DEBIAN_FOLDER)) return undefined;
  const folders = readdirSync(DEBIAN_FOLDER).map((version) => join(DEBIAN_FOLDER, version, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function chooseUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
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

/** Starts PostgreSQL as it comes, on a free port of this machine only, with its data below `parent`. */
export async function startPostgres(programs: string, parent: string): Promise<PostgresInstance> {
  const user = chooseUser();
  const data = mkdtempSync(join(parent, 'postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) {
    chmodSync(parent, 0o711);
    chownSync(data, user.uid, user.gid);
  }
  const options = { ...user, cwd: data };
  const init = ['-D', data, '-U', USER, '-A', 'trust', '--no-sync'];
  execFileSync(join(programs, 'initdb'), init, { ...options, stdio: 'ignore' });

  const port = await findFreePort();
  const settings = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', ''];
  const server = spawn(join(programs, 'postgres'), settings, {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = () => server.kill('SIGQUIT');
  process.once('exit', end);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await whenReady(server);
  return {
    connection: `postgres://${USER}@127.0.0.1:${port}/postgres`,
    async stop() {
      process.off('exit', end);
      server.kill('SIGINT');
      await ended;
    },
  };
}
