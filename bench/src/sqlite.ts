import { createRequire } from 'node:module';

/** What is used of `node:sqlite`, and of the package that has the same API for a Node without it. */
interface Database {
  exec(sql: string): void;
  prepare(sql: string): { run(...parameters: (string | number)[]): unknown };
  close(): void;
}

interface SqliteModule {
  DatabaseSync: new (file: string) => Database;
}

/** The package is the server's dependency, so it is found from there. */
const requireFromServer = createRequire(import.meta.resolve('@wirepact/server'));

const isSqliteModule = (module: unknown): module is SqliteModule =>
  typeof module === 'object' && module !== null && 'DatabaseSync' in module;

/** Opens a database file with the SQLite that the server uses. */
export function openSqlite(file: string): Database {
  const builtIn: unknown = process.getBuiltinModule('node:sqlite');
  const module: unknown = builtIn ?? requireFromServer('@photostructure/sqlite');
  if (!isSqliteModule(module)) throw new Error('There is no SQLite here.');
  return new module.DatabaseSync(file);
}
