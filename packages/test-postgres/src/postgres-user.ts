import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, cpSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Who PostgreSQL runs as; empty for the user that runs this process. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`, which every system has. */
export function chooseUser(): PostgresUser {
  if (process.getuid?.() !== 0) return {};
  const idOf = (kind: string) => Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Gives a folder of ours to the user. */
export function giveFolder(folder: string, { uid, gid }: PostgresUser): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

/** The programs' folder, or a copy inside `folder` where the user cannot reach it, as in the home folder of root. */
export function reachPrograms(programs: string, user: PostgresUser, folder: string): string {
  const { uid, gid } = user;
  const run = () => spawnSync(join(programs, 'postgres'), ['--version'], { ...user, cwd: '/' });
  if (uid === undefined || run().status === 0) return programs;
  const copy = join(folder, 'programs');
  cpSync(dirname(programs), copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chown', ['-R', `${uid}:${gid}`, copy]);
  return join(copy, 'bin');
}
