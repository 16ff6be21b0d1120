import { WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { Environment } from '../runtime/environment';
import type { ChatServerOptions } from './options';
import type { Retention, Store } from './ports/store';
import { createSqliteStore } from './store/sqlite-store';

const PRUNE_INTERVAL_MS = 5 * 60 * 1000;

/** The store of one chat server, and its life. */
export interface ChatStore {
  readonly store: Store;
  /** Resolves once the store is open; looked at again after that has failed, it is tried again. */
  readonly ready: Promise<void>;
  /** Ends what this server began; a store of the host's stays open. */
  close(): Promise<void>;
}

/** Has the store forget what is kept longer than it may, now and then. Returns a function that ends it. */
function keepRetention(store: Store, retention: Retention, logger: Logger): () => void {
  const prune = () => {
    store.prune(retention).catch((err: unknown) => logger.error({ err }, 'the store could not be pruned'));
  };
  const timer = setInterval(prune, PRUNE_INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** An error of ours says what to do about it; of others it helps to know where they come from. */
function logFailure(cause: unknown, logger: Logger): void {
  const text = 'the store cannot be opened';
  if (cause instanceof WirepactError) logger.fatal({ code: cause.code }, `${text}: ${cause.message}`);
  else logger.fatal({ err: cause }, text);
}

/** Opens the host's store, or a SQLite file where it gives none. */
export function openChatStore(
  options: Pick<ChatServerOptions, 'retention' | 'store'>,
  environment: Environment,
  logger: Logger,
): ChatStore {
  const file = environment.WIREPACT_DATABASE || 'wirepact.db';
  const store = options.store ?? createSqliteStore({ file, logger });
  /** Whoever awaits it is told; a host that does not, must not be ended by it. */
  const open = () => {
    const opened = store.open();
    opened.catch(() => undefined);
    return opened;
  };
  open().catch((cause: unknown) => logFailure(cause, logger));
  const stopPruning = keepRetention(store, options.retention ?? {}, logger);
  return {
    store,
    get ready() {
      return open();
    },
    async close() {
      stopPruning();
      if (!options.store) await store.close();
    },
  };
}
