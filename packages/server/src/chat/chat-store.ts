import type { Logger } from 'pino';
import { type KeptStore, keepStore } from '../runtime/channels/kept-store';
import type { Environment } from '../runtime/environment';
import type { ServerMeter } from '../runtime/ports/metrics';
import type { ChatServerOptions } from './options';
import type { Store } from './ports/store';
import { createSqliteStore } from './store/create-sqlite-store';

/** The store of one chat server, and its life. */
export type ChatStore = KeptStore<Store>;

/** Opens the host's store, or a SQLite file where it gives none. */
export function openChatStore(
  options: Pick<ChatServerOptions, 'retention' | 'store'>,
  environment: Environment,
  meter: ServerMeter | undefined,
  logger: Logger,
): ChatStore {
  const file = environment.WIREPACT_DATABASE || 'wirepact.db';
  const store = options.store ?? createSqliteStore({ file, logger });
  return keepStore(store, { retention: options.retention, isOwn: !options.store, meter, logger });
}
