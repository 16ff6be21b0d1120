import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { endServer, startServer } from './postgres-server';
import { chooseUser, giveFolder, type PostgresUser, reachPrograms } from './postgres-user';

const HOST = '127.0.0.1';
const USER = 'test';

/** A PostgreSQL of its own, with nothing in it. */
export interface PostgresInstance {
  readonly port: number;
  /** Process id of the server that runs, the parent of all its processes; another one after a restart. */
  readonly pid: number;
  /** Connection string of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Starts it again on its data and port; one that still runs is killed before, as in a crash. */
  restart(): Promise<void>;
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

/** An empty folder that belongs to the user and that it can reach. */
function createFolder(parent: string | undefined, user: PostgresUser): string {
  const folder = mkdtempSync(join(parent ?? tmpdir(), 'wirepact-postgres-'));
  if (parent !== undefined && user.uid !== undefined) chmodSync(parent, 0o711);
  giveFolder(folder, user);
  return folder;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, HOST, resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Makes the data folder of a server. The locale is the same on every machine. */
function initialize(programs: string, data: string, options: PostgresUser & { cwd: string }): void {
  mkdirSync(data, { mode: 0o700 });
  giveFolder(data, options);
  const settings = ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), settings, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
}

async function createDatabase(server: string, name: string): Promise<string> {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  return `${server}/${name}`;
}

/** Starts the PostgreSQL whose programs are in a folder, on a free port of this machine only. */
export async function startPostgres(
  folderOfPrograms: string,
  { isDurable, parent }: PostgresOptions,
): Promise<PostgresInstance> {
  const user = chooseUser();
  const folder = createFolder(parent, user);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const programs = reachPrograms(folderOfPrograms, user, folder);
    const options = { ...user, cwd: folder };
    const data = join(folder, 'data');
    initialize(programs, data, options);

    const port = await findFreePort();
    const settings = ['-D', data, '-p', `${port}`, '-h', HOST, '-k', '', ...(isDurable ? [] : ['-F'])];
    const start = () => startServer(join(programs, 'postgres'), settings, options);
    let server = await start();
    const end = () => void (server.kill('SIGQUIT') && server.kill('SIGCONT'));
    process.once('exit', end);

    let databases = 0;
    return {
      port,
      get pid() {
        return server.pid ?? 0;
      },
      createDatabase() {
        databases += 1;
        return createDatabase(`postgres://${USER}@${HOST}:${port}`, `test_${databases}`);
      },
      async restart() {
        await endServer(server, 'SIGKILL');
        server = await start();
      },
      async stop() {
        process.off('exit', end);
        await endServer(server, 'SIGINT');
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
