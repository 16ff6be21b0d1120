import type { Store } from '../ports/store';
import { createLazyStore } from './lazy-store';
import { SQLITE_STORE_OPTION_CHECKS, type SqliteStoreOptions } from './sqlite-store-options';
import { checkStoreOptions } from './store-options';

/**
 * A store in a SQLite file: what is acknowledged survives a crash and a power cut. For one server process.
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * createChatServer({ store: createSqliteStore({ file: '/var/lib/chat/chat.db' }) });
 */
export function createSqliteStore(options: SqliteStoreOptions = {}): Store {
  checkStoreOptions(options, SQLITE_STORE_OPTION_CHECKS, "createSqliteStore({ file: 'chat.db' })");
  // What is set is what it was when the store was made.
  const settings = { ...options };
  return createLazyStore(async () => {
    // Half of what a server with another store would load.
    const { assembleSqliteStore } = await import('./sqlite-store');
    return assembleSqliteStore(settings);
  });
}
