import { type Check, count, must } from '../../runtime/option-checks';
import { SQL_STORE_OPTION_CHECKS, type SqlStoreOptions } from './sql/sql-store-options';
import { isPlace } from './store-options';

/** Where a SQLite store is, and how it is kept. */
export interface SqliteStoreOptions extends SqlStoreOptions {
  /** Database file; `:memory:` keeps everything in this process. Default `wirepact.db` in the working directory. */
  file?: string;
  /** Size the file may grow to, in bytes; then sending fails as on a full disk. Default: no bound but the disk's. */
  maxSizeBytes?: number;
}

/** The check of every setting. */
export const SQLITE_STORE_OPTION_CHECKS: Readonly<Record<keyof SqliteStoreOptions, Check>> = {
  ...SQL_STORE_OPTION_CHECKS,
  file: must(isPlace, 'the name of a file, or ":memory:"'),
  maxSizeBytes: count,
};
