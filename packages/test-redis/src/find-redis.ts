import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PROGRAMS = ['redis-server', 'valkey-server'];

/**
 * The program of a Redis or a Valkey: `REDIS_PATH`, else the first in `PATH`. `undefined`, and a line on the console that
 * says so, where there is none.
 * @throws an Error where `REDIS_PATH` names nothing.
 */
export function findRedis(): string | undefined {
  const { REDIS_PATH: named, PATH = '' } = process.env;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`REDIS_PATH is ${named}, where there is no program.`);
  }
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  const found = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program))).find(
    existsSync,
  );
  if (found === undefined)
    console.warn(`Skipped: no Redis. Install ${PROGRAMS.join(' or ')}, or set REDIS_PATH to its program.`);
  return found;
}
