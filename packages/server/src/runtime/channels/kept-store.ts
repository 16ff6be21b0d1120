import { WirepactError } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import type { EventStore, Retention } from '../ports/event-store';
import type { ServerMeter } from '../ports/metrics';

const PRUNE_INTERVAL_MS = 5 * 60 * 1000;
/** The id of no channel. */
const NO_CHANNEL = 'wirepact:none';

/** The store of one server, and its life. */
export interface KeptStore<Store extends EventStore> {
  readonly store: Store;
  /** Resolves once the store is open; looked at again after that has failed, it is tried again. */
  readonly ready: Promise<void>;
  /** Asks the store for something; rejects where it does not answer. */
  checkStore(): Promise<unknown>;
  /** Ends what this server began; a store of the host's stays open. */
  close(): Promise<void>;
}

/** Has the store forget what is kept longer than it may, now and then. Returns a function that ends it. */
function keepRetention(store: EventStore, retention: Retention, logger: Logger): () => void {
  const prune = async () => {
    try {
      await store.prune(retention);
    } catch (err) {
      logger.error({ err }, 'the store could not be pruned');
    }
  };
  const timer = setInterval(() => void prune(), PRUNE_INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** An error of ours says what to do about it; of others it helps to know where they come from. */
function logFailure(cause: unknown, logger: Logger): void {
  const text = 'the store cannot be opened';
  if (cause instanceof WirepactError) logger.fatal({ code: cause.code }, `${text}: ${cause.message}`);
  else logger.fatal({ err: cause }, text);
}

/** Opens a store, and keeps no more in it than it may hold. `isOwn` says whether it is closed in the end. */
export function keepStore<Store extends EventStore>(
  store: Store,
  {
    retention = {},
    isOwn,
    meter,
    logger,
  }: {
    readonly retention?: Retention | undefined;
    readonly isOwn: boolean;
    readonly meter: Pick<ServerMeter, 'committed'> | undefined;
    readonly logger: Logger;
  },
): KeptStore<Store> {
  const tryToOpen = async () => store.open();
  /** Whoever awaits it is told; a host that does not, must not be ended by it. */
  const open = () => {
    const opened = tryToOpen();
    opened.catch(() => undefined);
    return opened;
  };
  open().catch((cause: unknown) => logFailure(cause, logger));
  const stopPruning = keepRetention(store, retention, logger);
  const stopMeasuring = meter && store.watchCommits?.((commit) => meter.committed(commit));
  return {
    store,
    get ready() {
      return open();
    },
    checkStore: () => store.readHeads([NO_CHANNEL]),
    async close() {
      stopPruning();
      stopMeasuring?.();
      if (isOwn) await store.close();
    },
  };
}
