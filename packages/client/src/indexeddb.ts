import { createStore, del, set, type UseStore, values } from 'idb-keyval';
import type { OutboxStorage } from './chat/channel/outbox-storage';

/** How to keep an outbox in IndexedDB. */
export interface IndexedDbOutboxOptions {
  /** Name of the database. Default `wirepact-outbox`; give each server, or each of its namespaces, its own. */
  readonly name?: string | undefined;
}

/**
 * Keeps the outbox in the browser's IndexedDB, where it survives a reload. Pages of one origin share it:
 * each sends what it finds there, which the server takes once.
 */
export function createIndexedDbOutboxStorage({
  name = 'wirepact-outbox',
}: IndexedDbOutboxOptions = {}): OutboxStorage {
  let opened: UseStore | undefined;
  const open = () => {
    opened ??= createStore(name, 'sends');
    return opened;
  };
  return {
    load: async () => values<unknown>(open()),
    save: async (send) => set(send.id, send, open()),
    remove: async (id) => del(id, open()),
  };
}
