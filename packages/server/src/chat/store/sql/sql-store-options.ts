import { type Check, count, wholeDuration } from '../../../runtime/option-checks';
import { readStoreOptions, STORE_OPTION_CHECKS, type StoreOptions } from '../store-options';

/** Settings that every SQL store has. */
export interface SqlStoreOptions extends StoreOptions {
  /**
   * How long the database may take for one transaction, connecting and waiting for locks included, in milliseconds; then
   * it fails as `STORE_UNAVAILABLE`. A write that waits for others is told within little more than twice this time.
   * Default 4,000.
   */
  timeoutMs?: number;
  /** Writes that may wait to be stored; further ones fail at once as `OVERLOADED`. Default 4,096. */
  maxWaitingWrites?: number;
}

/** The checks of the settings that every SQL store has. */
export const SQL_STORE_OPTION_CHECKS = {
  ...STORE_OPTION_CHECKS,
  timeoutMs: wholeDuration,
  maxWaitingWrites: count,
} as const satisfies Readonly<Record<keyof SqlStoreOptions, Check>>;

/** The settings, with defaults for what is left out. */
export const readSqlStoreOptions = (options: SqlStoreOptions): Required<SqlStoreOptions> => ({
  ...readStoreOptions(options),
  timeoutMs: options.timeoutMs ?? 4_000,
  maxWaitingWrites: options.maxWaitingWrites ?? 4_096,
});
